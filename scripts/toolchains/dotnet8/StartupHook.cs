// Lets one self-contained .NET program run another: the runtime calls this before the program's own Main, and it never
// returns there. It knows nothing of the two programs but that the first argument is the second one's path.

using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

internal static class StartupHook
{
    public static void Initialize()
    {
        string[] words = Environment.GetCommandLineArgs();
        if (words.Length < 2)
        {
            Console.Error.WriteLine("usage: dotnet8 PROGRAM.dll [ARGUMENT...]");
            Environment.Exit(2);
        }

        // What the program starts in turn is on its own.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        string program = Path.GetFullPath(words[1]);
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            string beside = Path.Combine(Path.GetDirectoryName(program), name.Name + ".dll");
            return File.Exists(beside) ? context.LoadFromAssemblyPath(beside) : null;
        };
        MethodInfo main = AssemblyLoadContext.Default.LoadFromAssemblyPath(program).EntryPoint;
        object[] arguments = main.GetParameters().Length == 0 ? null : new object[] { words[2..] };
        object result = main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        Environment.Exit(result is int code ? code : 0);
    }
}
