// Runs the tests of the C# runtime and of generated code; prints what failed. `reflection FILE` looks into an assembly
// instead, `save-text DIRECTORY` and `load-text DIRECTORY` exchange texts with another runtime.

#nullable enable

using System;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length == 2 && arguments[0] == "reflection")
        {
            return ReflectionTests.Run(arguments[1]);
        }

        if (arguments.Length == 2 && arguments[0] == "save-text")
        {
            return TextTests.Save(arguments[1]);
        }

        if (arguments.Length == 2 && arguments[0] == "load-text")
        {
            return TextTests.Load(arguments[1]);
        }

        int malformed = arguments.Length > 0 ? int.Parse(arguments[0]) : 10_000;
        (string Name, Action Run)[] tests =
        {
            ("parts", PartTests.Run),
            ("wire", WireTests.Run),
            ("JSON", JsonTests.Run),
            ("text format", TextTests.Run),
            ("values", ValueTests.Run),
            ("well-known types", WellKnownTests.Run),
            ("extensions", ExtensionTests.Run),
            ("errors", ErrorTests.Run),
            ("malformed input", () => MalformedTests.Run(malformed)),
        };
        foreach ((string name, Action run) in tests)
        {
            try
            {
                int before = Check.Failures;
                run();
                Console.WriteLine($"{name}: {(Check.Failures == before ? "ok" : "FAILED")}");
            }
            catch (Exception error)
            {
                Console.WriteLine($"{name}: FAILED: {error}");
                return 1;
            }
        }

        return Check.Failures == 0 ? 0 : 1;
    }
}
