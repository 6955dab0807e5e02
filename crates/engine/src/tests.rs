//! The engine from outside its modules: acts in order, with a set clock on a simulated disk.

mod life;
