//! Nothing to call: this package holds the tests that keep the house rules of CONTRIBUTING.md and
//! ARCHITECTURE.md. They read the files of the workspace and start nothing.
