// A command line for the compiler that is a library: the options of csc, and what it finds printed as csc does.

using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

internal static class Csc
{
    private static int Main(string[] words)
    {
        string here = Directory.GetCurrentDirectory();
        CSharpCommandLineArguments command = CSharpCommandLineParser.Default.Parse(words, here, null);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(command.OutputFileName),
            command.SourceFiles.AsParallel().AsOrdered().Select(file => Parse(file.Path, command.ParseOptions)),
            command.MetadataReferences.Select(file => MetadataReference.CreateFromFile(file.Reference)),
            command.CompilationOptions);
        using var program = new MemoryStream();
        using var documentation = command.DocumentationPath == null ? null : new MemoryStream();
        EmitResult result = compilation.Emit(program, null, documentation, options: command.EmitOptions);
        foreach (Diagnostic found in command.Errors.Concat(result.Diagnostics))
        {
            if (found.Severity >= DiagnosticSeverity.Warning)
            {
                Console.WriteLine(found);
            }
        }

        if (!result.Success || command.Errors.Any(found => found.Severity == DiagnosticSeverity.Error))
        {
            return 1;
        }

        File.WriteAllBytes(Path.Combine(command.OutputDirectory, command.OutputFileName), program.ToArray());
        if (documentation != null)
        {
            File.WriteAllBytes(command.DocumentationPath, documentation.ToArray());
        }

        return 0;
    }

    private static SyntaxTree Parse(string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path), Encoding.UTF8), options, path);
}
