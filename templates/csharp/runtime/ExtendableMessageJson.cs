// The extensions of a message in ProtoJSON, where each stands under its full name in brackets.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc
{
    /// <content>In ProtoJSON.</content>
    public abstract partial class ExtendableMessage<TSelf>
    {
        internal override bool ReadExtension(string name, ref JsonReader r)
        {
            Extension? extension = name.EndsWith("]", StringComparison.Ordinal)
                ? r.Options.Types?.Extension(name.Substring(1, name.Length - 2))
                : null;
            if (extension == null || extension.Extendee != ContractName())
            {
                return false;
            }

            if (_extensions != null && _extensions.ContainsKey(extension.Number))
            {
                throw r.Error("the extension is there twice");
            }

            if (r.TryNull())
            {
                return true;
            }

            ExtensionValue? value = extension.ReadJson(ref r);
            if (value != null)
            {
                Values()[extension.Number] = value;
            }

            return true;
        }

        private protected void WriteExtensions(JsonWriter w)
        {
            var all = new SortedDictionary<int, ExtensionValue>();
            if (_extensions != null)
            {
                foreach (ExtensionValue value in _extensions.Values)
                {
                    all[value.Key.Number] = value;
                }
            }

            // Those that were not asked for can be named only with a registry. They stay where they are.
            TypeRegistry? types = w.Options.Types;
            if (types != null && UnknownData != null)
            {
                foreach (Extension extension in types.Extensions())
                {
                    if (extension.Extendee == ContractName() && !all.ContainsKey(extension.Number))
                    {
                        ExtensionValue? value = Find(extension, w);
                        if (value != null)
                        {
                            all[extension.Number] = value;
                        }
                    }
                }
            }

            foreach (ExtensionValue value in all.Values)
            {
                if (value.IsSet)
                {
                    w.Name("[" + value.Key.FullName + "]");
                    if (w.Debug && value.Key.IsRedacted)
                    {
                        w.Redacted();
                    }
                    else
                    {
                        value.WriteJson(w);
                    }
                }
            }
        }

        private ExtensionValue? Find(Extension extension, JsonWriter w)
        {
            try
            {
                return Split(extension, null, out _);
            }
            catch (DecodeException error)
            {
                w.Name("[" + extension.FullName + "]");
                w.Fail(error.Reason);
                return null;
            }
        }
    }
}
