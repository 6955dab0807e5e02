### The record of processing activities: one table, its headings, and what stands in its cells.

ropa-title-controller = As controller
ropa-title-processor = As processor
ropa-head-record = Record
ropa-head-rule = Rule
ropa-head-controller = Controller
ropa-head-processor = Processor
ropa-head-contact = Contact
ropa-head-officer = Data protection officer
ropa-head-purpose = Purpose
ropa-head-basis = Lawful basis
ropa-head-people = Categories of people
ropa-head-data = Categories of data
ropa-head-recipients = Recipients
ropa-head-transfers = Third countries and safeguards
ropa-head-erasure = Time limits for erasure
ropa-head-measures = Security measures
ropa-customer = The customer, who gives the instructions
