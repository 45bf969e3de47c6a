// What the compiler must complain of: a value that may be absent is used as if it were there.

#nullable enable

using Radiology.Study.V1;

internal static class Wrong
{
    internal static int Lengths(Study study) =>
        study.Description.Length
        + study.PerformedAt.Nanos
        + study.Result.GetHashCode();
}
