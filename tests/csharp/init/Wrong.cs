// What does not compile: a property that is set after the message was made.

using Radiology.Study.V1;

var study = new Study();
study.Id = "s-1";
study.Series = null!;
