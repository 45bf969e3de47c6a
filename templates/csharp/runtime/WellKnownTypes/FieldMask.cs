// google.protobuf.FieldMask: its form in ProtoJSON (paths in lowerCamelCase with commas between them).

#nullable enable

using System;
using System.Collections.Generic;
using System.Text;

namespace Xlc.WellKnownTypes
{
    sealed partial class FieldMask
    {
        /// <summary>The mask of these paths, named as in the contract.</summary>
        /// <param name="paths">The paths.</param>
        /// <returns>The mask.</returns>
        public static FieldMask Of(params string[] paths) => new FieldMask { Paths = new List<string>(paths) };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w)
        {
            var text = new StringBuilder();
            for (int index = 0; index < (_paths?.Count ?? 0); index++)
            {
                if (index > 0)
                {
                    text.Append(',');
                }

                if (!TryCamel(_paths![index], text))
                {
                    w.Fail("a path of the field mask cannot be read back from its form in JSON");
                    return;
                }
            }

            w.String(text.ToString());
        }

        internal override void ReadJson(ref JsonReader r)
        {
            string text = r.String();
            if (text.Length == 0)
            {
                return;
            }

            foreach (string path in text.Split(','))
            {
                Paths.Add(Snake(path) ?? throw r.Error("the path `" + path + "` is not in lowerCamelCase"));
            }
        }

        private static bool TryCamel(string path, StringBuilder text)
        {
            for (int index = 0; index < path.Length; index++)
            {
                char c = path[index];
                if (c == '_')
                {
                    c = ++index < path.Length ? path[index] : '\0';
                    if (c < 'a' || c > 'z')
                    {
                        return false;
                    }

                    c = char.ToUpperInvariant(c);
                }
                else if (!IsPlain(c))
                {
                    return false;
                }

                text.Append(c);
            }

            return path.Length > 0;
        }

        private static string? Snake(string path)
        {
            var text = new StringBuilder();
            foreach (char c in path)
            {
                if (c >= 'A' && c <= 'Z')
                {
                    text.Append('_').Append(char.ToLowerInvariant(c));
                }
                else if (IsPlain(c))
                {
                    text.Append(c);
                }
                else
                {
                    return null;
                }
            }

            return path.Length > 0 ? text.ToString() : null;
        }

        /// <summary>What stands in both forms of a path.</summary>
        private static bool IsPlain(char c) => (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    }
}
