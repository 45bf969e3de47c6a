// What all generated messages share. What differs from message to message is generated: nothing is looked up by
// reflection, so the code can be trimmed and compiled ahead of time.

#nullable enable

using System;
using System.Buffers;

namespace Xlc
{
    /// <summary>
    /// A message of the contract. Two messages are equal if they are of one class and all their fields are equal,
    /// unknown ones included.
    /// </summary>
    public abstract partial class Message
    {
        internal UnknownFields? UnknownData;

        private protected Message()
        {
        }

        /// <summary>The message in the binary format: fields by number, maps by key, unknown fields last.</summary>
        /// <param name="allowPartial">Whether required fields may be missing.</param>
        /// <returns>The bytes.</returns>
        /// <exception cref="EncodeException">A field holds what its type cannot, or a required one is not set.</exception>
        public byte[] ToByteArray(bool allowPartial = false)
        {
            var writer = new WireWriter(WireWriter.Size);
            try
            {
                Write(ref writer, allowPartial);
                return writer.ToArray();
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>Writes the message in the binary format, without a length in front of it.</summary>
        /// <param name="output">Where to.</param>
        /// <param name="allowPartial">Whether required fields may be missing.</param>
        /// <exception cref="EncodeException">A field holds what its type cannot, or a required one is not set.</exception>
        public void WriteTo(IBufferWriter<byte> output, bool allowPartial = false)
        {
            if (output == null)
            {
                throw new ArgumentNullException(nameof(output));
            }

            var writer = new WireWriter(WireWriter.Size);
            try
            {
                Write(ref writer, allowPartial);
                output.Write(writer.Data);
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>
        /// Reads the binary format into this message: fields that are there replace, lists are appended to, maps are
        /// updated and messages are merged in turn. After an error the message holds what was read before it.
        /// </summary>
        /// <param name="data">The bytes.</param>
        /// <param name="options">How to read; null for the defaults.</param>
        /// <exception cref="DecodeException">The bytes are no valid encoding, or a required field is missing.</exception>
        public void MergeFrom(ReadOnlySpan<byte> data, DecodeOptions? options = null)
        {
            options ??= DecodeOptions.Default;
            var reader = new WireReader(data, options.RecursionLimit, options.Types);
            try
            {
                ReadWire(ref reader);
                reader.Finish();
            }
            catch (DecodeException error)
            {
                error.Within(DescribeField((int)(reader.Place >> 3)));
                error.Within(ContractName());
                throw;
            }

            string? missing = options.AllowPartial ? null : FindMissing();
            if (missing != null)
            {
                throw Named(new DecodeException("the required field is not set", data.Length), missing);
            }
        }

        /// <summary>The message as ProtoJSON.</summary>
        /// <param name="options">How to write; null for the defaults.</param>
        /// <returns>The text.</returns>
        /// <exception cref="EncodeException">A field holds what ProtoJSON cannot express.</exception>
        public string ToJson(JsonWriteOptions? options = null)
        {
            var writer = new JsonWriter(options ?? JsonWriteOptions.Default, JsonUse.Data);
            try
            {
                Write(writer);
                return writer.ToString();
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>Writes the message as ProtoJSON in UTF-8.</summary>
        /// <param name="output">Where to.</param>
        /// <param name="options">How to write; null for the defaults.</param>
        /// <exception cref="EncodeException">A field holds what ProtoJSON cannot express.</exception>
        public void WriteJsonTo(IBufferWriter<byte> output, JsonWriteOptions? options = null)
        {
            if (output == null)
            {
                throw new ArgumentNullException(nameof(output));
            }

            var writer = new JsonWriter(options ?? JsonWriteOptions.Default, JsonUse.Data);
            try
            {
                Write(writer);
                writer.CopyTo(output);
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>
        /// The message for people to read, in the manner of ProtoJSON. Fields marked <c>debug_redact</c> show that they
        /// are set and not what they hold; a value that ProtoJSON cannot express is no error.
        /// </summary>
        /// <returns>The text.</returns>
        public sealed override string ToString()
        {
            var writer = new JsonWriter(JsonWriteOptions.Default, JsonUse.Debug);
            try
            {
                WriteJson(writer);
                return writer.ToString();
            }
            catch (InsufficientExecutionStackException)
            {
                return "<the message is too deep, or contains itself>";
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>Fields that the contract does not know, as they were read. They are written last.</summary>
        /// <returns>The encoded fields, one after the other.</returns>
        public byte[] GetUnknownFields() => UnknownFields.Of(UnknownData).ToArray();

        /// <summary>Forgets the fields that the contract does not know, extensions that were not asked for included.</summary>
        public void ClearUnknownFields() => UnknownData = null;

        /// <summary>The full name in the contract.</summary>
        internal abstract string ContractName();

        /// <summary>Reads fields up to the end of the message or to a tag that ends a group.</summary>
        internal abstract void ReadWire(ref WireReader r);

        /// <summary>Writes all fields, the last one first.</summary>
        internal abstract void WriteWire(ref WireWriter w);

        /// <summary>Reads what stands between the braces of the ProtoJSON form.</summary>
        internal abstract void ReadFields(ref JsonReader r);

        /// <summary>Writes what stands between the braces of the ProtoJSON form.</summary>
        internal abstract void WriteFields(JsonWriter w);

        /// <summary>The step of a path that leads into the field of a number.</summary>
        internal abstract string DescribeField(int number);

        /// <summary>The path to a required field that is not set, or null.</summary>
        internal virtual string? FindMissing() => null;

        /// <summary>Whether the ProtoJSON form is another than an object of the fields.</summary>
        internal virtual bool HasOwnJson() => false;

        /// <summary>Reads the field whose tag was read as an extension; false if it is none that the registry has.</summary>
        internal virtual bool ReadExtension(TypeRegistry types, uint tag, ref WireReader r) => false;

        /// <summary>Reads the value of an extension by its name in brackets; false if it is unknown.</summary>
        internal virtual bool ReadExtension(string name, ref JsonReader r) => false;

        internal virtual void ReadJson(ref JsonReader r) => ReadFields(ref r);

        internal virtual void WriteJson(JsonWriter w)
        {
            w.BeginObject();
            WriteFields(w);
            w.EndObject();
        }

        /// <summary>Reads ProtoJSON into a message that was made for it.</summary>
        internal void ReadFrom(string json, JsonReadOptions? options)
        {
            if (json == null)
            {
                throw new ArgumentNullException(nameof(json));
            }

            byte[] bytes = ArrayPool<byte>.Shared.Rent(System.Text.Encoding.UTF8.GetMaxByteCount(json.Length));
            try
            {
                ReadFrom(JsonReader.Encode(json, bytes), options);
            }
            catch (JsonFormatException error) when (!error.HasPath)
            {
                error.Within(ContractName());
                throw;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        /// <summary>Reads ProtoJSON into a message that was made for it.</summary>
        internal void ReadFrom(ReadOnlySpan<byte> json, JsonReadOptions? options)
        {
            options ??= JsonReadOptions.Default;
            var reader = new JsonReader(json, options);
            try
            {
                ReadJson(ref reader);
                reader.Finish();
            }
            catch (JsonFormatException error)
            {
                error.Within(reader.Step());
                error.Within(ContractName());
                throw;
            }

            string? missing = options.AllowPartial ? null : FindMissing();
            if (missing != null)
            {
                throw Named(new JsonFormatException("the required field is not set", json.Length), missing);
            }
        }

        private protected bool SameUnknown(Message other) =>
            UnknownFields.Of(UnknownData).SequenceEqual(UnknownFields.Of(other.UnknownData));

        private protected int HashUnknown() => UnknownData == null ? 0 : MessageValues.Hash(UnknownData.Data);

        private protected void MergeUnknown(Message other) =>
            UnknownFields.Append(ref UnknownData, UnknownFields.Of(other.UnknownData));

        /// <summary>The step into a field that the contract does not know; nothing where no tag was read.</summary>
        private protected static string DescribeUnknown(int number) =>
            number == 0 ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture);

        private static string Step(string name, int index) => name + "[" + index + "]";

        /// <summary>The step into the next element of a list, which is where reading failed.</summary>
        internal static string DescribeElement(string name, System.Collections.ICollection? list) =>
            Step(name, list?.Count ?? 0);

        /// <summary>The path to a required field that is not set in a message behind a field, or null.</summary>
        internal static string? FindMissing(string name, Message? message)
        {
            if (message == null)
            {
                return null;
            }

            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            string? missing = message.FindMissing();
            return missing == null ? null : name + "." + missing;
        }

        /// <summary>The same for the messages of a list.</summary>
        internal static string? FindMissing<T>(string name, System.Collections.Generic.List<T>? list)
            where T : Message
        {
            for (int index = 0; index < (list?.Count ?? 0); index++)
            {
                string? missing = FindMissing(Step(name, index), list![index]);
                if (missing != null)
                {
                    return missing;
                }
            }

            return null;
        }

        /// <summary>The same for the messages of a map.</summary>
        internal static string? FindMissing<TKey, T>(string name, System.Collections.Generic.Dictionary<TKey, T>? map)
            where TKey : notnull
            where T : Message
        {
            if (map != null)
            {
                foreach (System.Collections.Generic.KeyValuePair<TKey, T> entry in map)
                {
                    string? missing = FindMissing(name + "[" + entry.Key + "]", entry.Value);
                    if (missing != null)
                    {
                        return missing;
                    }
                }
            }

            return null;
        }

        private void Write(ref WireWriter writer, bool allowPartial)
        {
            try
            {
                string? missing = allowPartial ? null : FindMissing();
                if (missing != null)
                {
                    throw Named(new EncodeException("the required field is not set"), missing);
                }

                WriteWire(ref writer);
            }
            catch (InsufficientExecutionStackException)
            {
                throw Named(new EncodeException("the message is too deep, or contains itself"), "");
            }
            catch (EncodeException error) when (!error.HasPath)
            {
                Locate(error);
                throw;
            }
        }

        private void Write(JsonWriter writer)
        {
            try
            {
                WriteJson(writer);
            }
            catch (InsufficientExecutionStackException)
            {
                throw Named(new EncodeException("the message is too deep, or contains itself"), "");
            }
            catch (EncodeException error) when (!error.HasPath)
            {
                error.Within(writer.Path());
                error.Within(ContractName());
                throw;
            }
        }

        /// <summary>
        /// Finds the field that cannot be written. The writer of the binary format does not know where it is, so as to
        /// lose no time; the writer of JSON does, and stumbles over the same values.
        /// </summary>
        private void Locate(EncodeException error)
        {
            var writer = new JsonWriter(JsonWriteOptions.Default, JsonUse.Search);
            try
            {
                Write(writer);
                error.Within(ContractName());
            }
            catch (EncodeException found)
            {
                error.Within(found.Path);
            }
            finally
            {
                writer.Dispose();
            }
        }

        private T Named<T>(T error, string path)
            where T : ContractException
        {
            error.Within(path);
            error.Within(ContractName());
            return error;
        }
    }
}
