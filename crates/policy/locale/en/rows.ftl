### Rows that no author names, and what each row means. `any` stands for the rows that authors name.

## policy

row-policy = Privacy policy

## company

row-company = The company

## scope

row-scope = People and staff
    .means = Whose data this policy is about, and which of our staff may read some of them.

## service

row-service-any =
    .means = One of our services.

## feature

row-feature-any =
    .means = Switched off until the customer switches it on.

## setting

row-setting-any =
    .means = The customer may choose this.

## workspace

row-workspace-closing = Closing of a workspace
    .means = When a customer leaves, everything in its workspace is erased after this time.
row-workspace-instructions = Instructions of the customer
    .means = Data of our customers are used only as the customer instructs.
row-workspace-handover = What happens to the data at the end
    .means = When a customer leaves, it chooses what becomes of the data.

## register

row-register-application_log = Log of uses
row-register-security_log = Log of security
row-register-consents = Register of consents
row-register-requests = Register of requests
row-register-complaints = Register of complaints
row-register-incidents = Register of incidents
row-register-holds = Register of legal holds
row-register-certificates = Register of certificates
row-register-suppressions = Register of suppressed addresses
row-register-any =
    .means = We keep this record to run the service and to prove what we did.

## never

row-never-any =
    .means = We do not use your data for this.
row-never-service = Running a service
row-never-security = Security
row-never-messages = Messages
row-never-support = Support
row-never-billing = Billing
row-never-legal_duty = Legal duties
row-never-staff = Managing staff
row-never-visitors = Receiving visitors
row-never-identification = Recognising people
row-never-improvement = Improvement
row-never-research = Research
row-never-marketing = Marketing
row-never-advertising = Advertising
row-never-sale = Sale of data
row-never-training = Training of models
row-never-automated_decisions = Automated decisions

## transfer

row-transfer = Transfers abroad
    .means = Where data are at home, and what protects them in other countries.

## integration

row-integration-any =
    .means = An account of another service that you can connect and disconnect.

## document

row-document-any =
    .means = A paper that you can have.

## security

row-security-tls = Encryption on the way
    .means = Your connection to us is encrypted.
row-security-passwords = Storage of passwords
    .means = We store a check value from which a password cannot be read.
row-security-access_token = Access tokens
    .means = A device that is signed in shows this key with each request.
row-security-refresh_token = Refresh tokens
    .means = With this key a device stays signed in.
row-security-blocklist = Marks of revoked tokens
    .means = Keys that were revoked stay on a list, so that they cannot be used again.
row-security-backups = Backups
    .means = Copies protect against loss; what was erased leaves them as well.
row-security-detection = Detection of incidents
    .means = We look out for signs of a breach.
row-security-access_review = Review of access
    .means = Who may read what is gone through again and again.
row-security-patching = Updates of software
    .means = Software is kept up to date.
row-security-risk_review = Review of risks
    .means = Risks are gone through again and again.
row-security-recovery = Recovery after a failure
    .means = How much can be lost in a failure, and when everything runs again.
row-security-mfa = Second factor at sign-in
    .means = A password alone is not enough to sign in.
row-security-sso = Single sign-on
    .means = Customers can use their own sign-in.
row-security-network = Closed networks
    .means = What need not be reached from outside cannot be reached from there.
row-security-code_review = Review of code
    .means = A second person reads each change of our software.
row-security-scans = Scans for known holes
    .means = Known holes are searched for.
row-security-tests = Tests by attackers we hire
    .means = Somebody is paid to try to break in.

## always

row-always-declared_only = Nothing undeclared is collected
    .means = Data that this policy does not list are refused.
row-always-feature_first = Extra data only for features that are on
    .means = The data of a feature are collected only after it was switched on.
row-always-purpose_bound = No use without a purpose
    .means = Each use names one of the purposes listed here, or is refused.
row-always-use_is_no_consent = Using a service is no consent
    .means = Only what you agreed to in so many words counts as consent.
row-always-bounded_keeping = Everything has an end
    .means = Each kind of data has a time at which it is erased.
row-always-sealed_at_rest = Stored data are encrypted
    .means = Whoever takes a disk or a backup cannot read your data.
row-always-walls = Walls between customers
    .means = A customer cannot see the data of another.
row-always-listed_recipients = Only listed recipients
    .means = Data go to nobody who is not listed here.
row-always-agreement_first = No recipient without an agreement
    .means = A recipient gets data only after signing an agreement with us.
row-always-legal_case_first = Authorities by legal case only
    .means = An authority gets data only in a legal case that we have on record.
row-always-special_needs_basis = Special data on a strict basis only
    .means = Data that the law protects more strictly are used only as it allows.
row-always-screened = Card and identity numbers are screened
    .means = What looks like a card or identity number is not stored where it does not belong.
row-always-least_privilege = Nobody reads without a purpose that names their role
    .means = Staff can read only what a purpose lets their role read.
row-always-tamper_evident = Each use is in a log that shows tampering
    .means = Each use is written into a log in which later changes show.
row-always-keys_destroyed = Erasure destroys the keys
    .means = What is erased cannot be decrypted any more, not even from a backup once its time is over.
row-always-recipients_erase = Recipients erase as well
    .means = Those who got your data from us are told to erase them too.
row-always-hold_wins = A legal hold stops deletion
    .means = Data that a court needs stay until the case is over; nobody uses them for anything else.

## evidence

row-evidence-any =
    .means = Somebody shows it with dated papers.

## duty

row-duty-any =
    .means = One of the duties between us and our customers.

## resold

row-resold-any =
    .means = A service of another company that we sell.

## right

row-right-information = To be informed
    .means = You can ask what is done with your data.
row-right-access = To see your data
    .means = You can see what is held about you and get a copy.
row-right-correction = To correct your data
    .means = You can have wrong data put right.
row-right-erasure = To have your data erased
    .means = You can have your data erased; what the law makes us keep is named to you.
row-right-restriction = To restrict use
    .means = You can ask that your data are left unused for a time.
row-right-withdrawal = To withdraw consent
    .means = You can take back a consent at any time.
row-right-objection = To object
    .means = You can object to uses that rest on our own interest.
row-right-portability = To take your data along
    .means = You can take your data to another service.
row-right-human_review = To have a person decide
    .means = You can have a decision of a machine looked at by a person.
row-right-compensation = To be compensated
    .means = You can ask for compensation for damage.

## request

row-request = Requests
    .means = How a request about your data goes.
row-request-acknowledge = Receipt of a request
    .means = You hear that your request has arrived.
row-request-forward = Forwarding to the customer
    .means = A request about data of a customer goes to that customer.
row-request-answer = Answer to a request
    .means = You get the answer to your request.
row-request-identity = Check of identity
    .means = We make sure that it is you who asks.
row-request-fee = No fee
    .means = A request costs you nothing.

## complaint

row-complaint = Complaints
    .means = How a complaint goes.
row-complaint-acknowledge = Receipt of a complaint
    .means = You hear that your complaint has arrived.
row-complaint-investigate = Investigation of a complaint
    .means = We find out what happened.
row-complaint-answer = Answer to a complaint
    .means = You hear the outcome.
row-complaint-remedies = Remedies
    .means = What we can do for you when we were wrong.
row-complaint-authority = Complaint to the authority
    .means = You can go to the authority at any time.
row-complaint-mediation = Mediation
    .means = You can ask for somebody neutral to mediate.
row-complaint-court = Claim in court
    .means = You can go to court.

## officer

row-officer = Data protection officer
    .means = Watches over this policy and answers your questions.
row-officer-answer = Answer of the officer
    .means = You get an answer from the officer.
row-officer-monitors = Monitors compliance
    .means = The officer watches whether we keep this policy.
row-officer-assesses = Advises on impact assessments
    .means = The officer advises on risks before something new begins.
row-officer-receives = Receives questions and reports
    .means = The officer takes your questions and reports.
row-officer-investigates = Investigates complaints and incidents
    .means = The officer looks into complaints and incidents.
row-officer-records = Keeps the records of processing
    .means = The officer keeps the record of what is done with data.
row-officer-trains = Trains staff
    .means = The officer teaches our staff.
row-officer-reports = Reports to management
    .means = The officer reports to those who lead the company.
row-officer-independent = Works independently
    .means = The officer takes no orders about this task.

## children

row-children = Children
    .means = From which age you can use our services.
row-children-approval = Approval for children
    .means = For younger people somebody else must agree as well.
row-children-report = Reports about a child
    .means = Parents can report data of a child that we should not have.

## incident

row-incident = Incidents
    .means = What counts as an incident.
row-incident-tell_authority = Notice to the authority
    .means = The authority hears of an incident.
row-incident-tell_people = Notice to the people affected
    .means = You hear of an incident that is about your data.
row-incident-tell_customer = Notice to the customer
    .means = The customer hears of an incident that is about its data.
row-incident-help_customer = Help for the customer
    .means = We help the customer with its own duties after an incident.
row-incident-assess = Assessment
    .means = We find out how grave it is.
row-incident-contain = Containment
    .means = We stop the damage from growing.
row-incident-remedy = Remedy
    .means = What we do about it.
row-incident-review = Review afterwards
    .means = Afterwards we write down what can be learnt.

## cookie

row-cookie-any =
    .means = Stored in your browser.

## notice

row-notice-handover = Sale or merger of the company
    .means = You hear when the company is sold or merged.
row-notice-policy_change = Change of this policy
    .means = You hear of a change of this policy.
row-notice-recipient_change = Change of recipients
    .means = You hear when a recipient comes or goes.
row-notice-lapse = Account about to lapse
    .means = You are warned before an unused account closes.
row-notice-erasure = Erasure done
    .means = You hear when your data were erased.
row-notice-hold = Legal hold placed
    .means = You hear when your data must be kept for a court.
row-notice-release = Legal hold released
row-notice-restriction_lifted = Restriction lifted
