// What an assembly refers to: nothing that looks types or members up at run time, which trimmed and precompiled programs
// cannot do.

#nullable enable

using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

internal static class ReflectionTests
{
    private static readonly string[] Namespaces =
    {
        "System.Reflection", "System.Linq", "System.ComponentModel", "System.Dynamic", "System.Runtime.Serialization",
        "System.Text.Json", "Microsoft.CSharp",
    };

    /// <summary>Prints what is wrong with the assembly and returns how much, or prints how much was looked at.</summary>
    internal static int Run(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        var faults = new List<string>();
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            string type = Name(metadata, metadata.GetTypeReference(handle));

            // Attributes are data: they describe the assembly, and nothing runs.
            bool isData = type.EndsWith("Attribute", StringComparison.Ordinal);
            if (!isData && Array.Exists(Namespaces, name => type.StartsWith(name + ".", StringComparison.Ordinal)))
            {
                faults.Add(type);
            }
        }

        int members = 0;
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            string name = metadata.GetString(member.Name);
            members++;
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                string type = Name(metadata, metadata.GetTypeReference((TypeReferenceHandle)member.Parent));

                // `new T()` is CreateInstance<T>, which the tools know: they keep the constructors of such types.
                bool creates = type == "System.Activator" && !(name == "CreateInstance" && IsGeneric(metadata, member));
                if (creates || type == "System.Type" || (type == "System.Object" && name == "GetType"))
                {
                    faults.Add(type + "." + name);
                }
            }
        }

        faults.ForEach(Console.WriteLine);
        Console.WriteLine(faults.Count == 0 ? $"nothing among {members} members" : "FAILED");
        return faults.Count;
    }

    private static string Name(MetadataReader metadata, TypeReference type) =>
        metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name);

    private static bool IsGeneric(MetadataReader metadata, MemberReference member) =>
        metadata.GetBlobReader(member.Signature).ReadSignatureHeader().IsGeneric;
}
