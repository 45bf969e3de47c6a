// google.protobuf.Any: a message of a type that is named beside it.

#nullable enable

using System;
using System.Diagnostics.CodeAnalysis;

namespace Xlc.WellKnownTypes
{
    sealed partial class Any
    {
        /// <summary>An <c>Any</c> that holds a message.</summary>
        /// <param name="message">The message.</param>
        /// <param name="prefix">What the type URL begins with.</param>
        /// <returns>The <c>Any</c>.</returns>
        public static Any Pack(Message message, string prefix = "type.googleapis.com/")
        {
            if (message == null)
            {
                throw new ArgumentNullException(nameof(message));
            }

            return new Any { TypeUrl = prefix + message.ContractName(), Value = message.ToByteArray() };
        }

        /// <summary>The full name of the message that is held, as the type URL says it.</summary>
        /// <returns>The name; empty if there is none.</returns>
        public string GetTypeName() => _typeUrl.Substring(_typeUrl.LastIndexOf('/') + 1);

        /// <summary>The message that is held, if it is of this type.</summary>
        /// <typeparam name="T">The type.</typeparam>
        /// <param name="message">The message.</param>
        /// <returns>Whether it is of this type.</returns>
        /// <exception cref="DecodeException">It is, and its bytes are not valid.</exception>
        public bool TryUnpack<T>([NotNullWhen(true)] out T? message)
            where T : Message, new()
        {
            var unpacked = new T();
            if (unpacked.ContractName() != GetTypeName())
            {
                message = null;
                return false;
            }

            unpacked.MergeFrom(_value);
            message = unpacked;
            return true;
        }

        /// <summary>The message that is held, if the registry has its type.</summary>
        /// <param name="types">The registry.</param>
        /// <returns>The message, or null.</returns>
        /// <exception cref="DecodeException">Its bytes are not valid.</exception>
        public Message? Unpack(TypeRegistry types)
        {
            Message? message = types.Create(GetTypeName());
            message?.MergeFrom(_value);
            return message;
        }

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w)
        {
            if (_typeUrl.Length == 0 && _value.Length == 0)
            {
                w.BeginObject();
                w.EndObject();
                return;
            }

            Message? message = Held(w, out string fault);
            if (message == null && w.IsData)
            {
                throw new EncodeException(fault);
            }

            w.BeginObject();
            w.Name("@type");
            w.String(_typeUrl);
            if (message == null || message.HasOwnJson())
            {
                w.Name("value");
                if (message == null)
                {
                    // Whether a field in there is to be redacted cannot be known.
                    w.Fail(_value.Length + " bytes");
                }
                else
                {
                    w.Message(message);
                }
            }
            else
            {
                message.WriteFields(w);
            }

            w.EndObject();
        }

        internal override void ReadJson(ref JsonReader r)
        {
            string? type = FindType(r.Ahead(), out bool hasMembers);
            if (type == null)
            {
                if (hasMembers)
                {
                    throw r.Error("the Any has no `@type`");
                }

                r.BeginMap();
                return;
            }

            Message message = NewMessage(ref r, type);
            if (message.HasOwnJson())
            {
                ReadValue(ref r, message);
            }
            else
            {
                r.Content(message);
            }

            string? missing = r.Options.AllowPartial ? null : message.FindMissing();
            if (missing != null)
            {
                throw r.Error("the required field `" + missing + "` is not set");
            }

            _typeUrl = type;
            _value = message.ToByteArray(true);
        }

        private Message? Held(JsonWriter w, out string fault)
        {
            fault = "no registry was given that knows `" + GetTypeName() + "`";
            try
            {
                return _typeUrl.IndexOf('/') < 0 || w.Options.Types == null ? null : Unpack(w.Options.Types);
            }
            catch (DecodeException error)
            {
                fault = error.Message;
                return null;
            }
        }

        private static string? FindType(JsonReader r, out bool hasMembers)
        {
            string? type = null;
            hasMembers = false;
            for (bool more = r.BeginMap(); more; more = r.NextEntry())
            {
                hasMembers = true;
                string key = r.Key();
                if (key != "@type")
                {
                    r.SkipKnown();
                    continue;
                }

                if (type != null)
                {
                    throw r.Error("`@type` is there twice");
                }

                type = r.String();
            }

            return type;
        }

        private static Message NewMessage(ref JsonReader r, string type)
        {
            int slash = type.LastIndexOf('/');
            if (slash < 0 || slash == type.Length - 1)
            {
                throw r.Error("`" + type + "` is no type URL");
            }

            return r.Options.Types?.Create(type.Substring(slash + 1))
                ?? throw r.Error("no registry was given that knows `" + type + "`");
        }

        private static void ReadValue(ref JsonReader r, Message message)
        {
            bool found = false;
            for (bool more = r.BeginMap(); more; more = r.NextEntry())
            {
                string key = r.Key();
                if (key == "value")
                {
                    if (found)
                    {
                        throw r.Error("`value` is there twice");
                    }

                    r.Message(message);
                    found = true;
                }
                else if (key == "@type" || r.Options.IgnoreUnknown)
                {
                    r.Skip();
                }
                else
                {
                    throw r.Error("the message has no field `" + key + "`");
                }
            }

            if (!found)
            {
                throw r.Error("the Any has no `value`");
            }
        }
    }
}
