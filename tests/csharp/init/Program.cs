// Messages whose properties are set when they are made: made, copied with changes, read, written.

using System;
using System.Collections.Generic;
using Radiology.Study.V1;
using Xlc;

var study = new Study
{
    Id = "s-1",
    Description = "CT",
    Labels = { ["site"] = "north" },
    Series = new List<Study.Types.Series> { new() { Modality = "CT" } },
    Result = new Study.ResultOneof.Rejection(new Rejection()),
};

// A change is a copy: what is not named is kept, null clears, and nothing is shared.
Study changed = new(study) { Id = "s-2", Description = null };
changed.Labels["site"] = "south";
Check(changed.Id == "s-2" && changed.Description is null && changed.Series.Count == 1);
Check(study.Id == "s-1" && study.Description == "CT" && study.Labels["site"] == "north");
Check(changed.Result is Study.ResultOneof.Rejection && !ReferenceEquals(changed.Result, study.Result));

Check(Study.Parse(study.ToByteArray()).Equals(study));
Check(Study.ParseJson(study.ToJson()).Equals(study));
Check(study.Clone().Equals(study) && !study.Equals(changed));
Console.WriteLine("ok");

static void Check(bool condition)
{
    if (!condition)
    {
        throw new InvalidOperationException("a check failed");
    }
}
