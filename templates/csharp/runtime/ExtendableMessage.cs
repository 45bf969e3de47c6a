// Messages that can have extensions. An extension that is not in the reader's registry stays among the unknown fields until
// it is asked for, so reading needs no registry, and bytes that are not valid are found out only then.

#nullable enable

using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace Xlc
{
    /// <summary>A message that can have extensions.</summary>
    /// <typeparam name="TSelf">The message itself.</typeparam>
    public abstract partial class ExtendableMessage<TSelf> : Message
        where TSelf : ExtendableMessage<TSelf>
    {
        private SortedDictionary<int, ExtensionValue>? _extensions;

        private protected ExtendableMessage()
        {
        }

        /// <summary>The value of an extension; its default, null for a message, if it is not set.</summary>
        /// <remarks>The list of a repeated extension is the message's own: what is added to it is added there.</remarks>
        /// <typeparam name="TValue">The type of the value.</typeparam>
        /// <param name="extension">The key.</param>
        /// <returns>The value.</returns>
        /// <exception cref="DecodeException">
        /// The message was read, and the bytes of the extension are not valid. The offset counts from the start of
        /// <see cref="Message.GetUnknownFields"/>, where they stay.
        /// </exception>
        [return: MaybeNull]
        public TValue GetExtension<TValue>(Extension<TSelf, TValue> extension)
        {
            ExtensionValue<TValue>? held = Take(extension);
            if (held != null)
            {
                return held.Value;
            }

            TValue unset = extension.Unset()!;
            if (unset is System.Collections.IList && !(unset is byte[]))
            {
                Values()[extension.Number] = extension.Hold(unset);
            }

            return unset;
        }

        /// <summary>Sets the value of an extension.</summary>
        /// <typeparam name="TValue">The type of the value.</typeparam>
        /// <param name="extension">The key.</param>
        /// <param name="value">The value.</param>
        public void SetExtension<TValue>(Extension<TSelf, TValue> extension, TValue value)
        {
            if (value == null)
            {
                throw new ArgumentNullException(nameof(value));
            }

            ClearExtension(extension);
            Values()[extension.Number] = extension.Hold(value);
        }

        /// <summary>Whether an extension is set, or its list is not empty.</summary>
        /// <typeparam name="TValue">The type of the value.</typeparam>
        /// <param name="extension">The key.</param>
        /// <returns>True if it is.</returns>
        /// <exception cref="DecodeException">
        /// The message was read, and the bytes of the extension are not valid. The offset counts from the start of
        /// <see cref="Message.GetUnknownFields"/>, where they stay.
        /// </exception>
        public bool HasExtension<TValue>(Extension<TSelf, TValue> extension) => Take(extension)?.IsSet == true;

        /// <summary>Unsets an extension.</summary>
        /// <typeparam name="TValue">The type of the value.</typeparam>
        /// <param name="extension">The key.</param>
        public void ClearExtension<TValue>(Extension<TSelf, TValue> extension)
        {
            _extensions?.Remove(extension.Number);
            Split(extension, null, out UnknownFields? rest, dropInvalid: true);
            UnknownData = rest;
        }

        internal override bool ReadExtension(TypeRegistry types, uint tag, ref WireReader r)
        {
            WireReader inside = r;
            int number = IsMessageSet() ? MessageSetItem.Open(tag, ref inside) : (int)(tag >> 3);
            Extension? extension = number > 0 ? types.Extension(ContractName(), number) : null;
            if (extension == null)
            {
                return false;
            }

            try
            {
                ExtensionValue? held = null;
                _extensions?.TryGetValue(number, out held);
                ExtensionValue? value = Read(extension, tag, r, held);
                if (value == null)
                {
                    return false;
                }

                if (held == null && UnknownData != null)
                {
                    // What was read earlier without a registry comes first. Once it is held there is no more of it.
                    ExtensionValue? earlier = Split(extension, null, out UnknownFields? rest);
                    UnknownData = rest;
                    value = earlier == null ? value : Read(extension, tag, r, earlier) ?? value;
                }

                Values()[number] = value;
            }
            catch (DecodeException error)
            {
                error.Within("[" + extension.FullName + "]");
                r.ForgetTag();
                throw;
            }

            r.Skip();
            return true;
        }

        /// <summary>Whether this is a message set, whose extensions are written as items.</summary>
        internal virtual bool IsMessageSet() => false;

        /// <summary>Whether a field of this number is an extension.</summary>
        private protected abstract bool IsExtension(int number);

        /// <summary>
        /// Writes the unknown fields; returns the extensions among them, which nobody has asked for, by number.
        /// </summary>
        private protected SortedDictionary<int, UnknownFields?>? WriteUnknown(ref WireWriter w)
        {
            if (UnknownData == null)
            {
                return null;
            }

            var unread = new SortedDictionary<int, UnknownFields?>();
            w.Raw(UnknownFields.Of(Sort(UnknownData.Data, unread, IsExtension)));
            return unread;
        }

        /// <summary>Writes the extensions of a range of numbers, those that nobody has asked for as they were read.</summary>
        private protected void WriteExtensions(
            ref WireWriter w, SortedDictionary<int, UnknownFields?>? unread, int first, int last)
        {
            if (unread == null)
            {
                WriteHeld(ref w, first, last);
                return;
            }

            var numbers = new SortedSet<int>(unread.Keys);
            numbers.UnionWith(Values().Keys);
            foreach (int number in numbers.GetViewBetween(first, last).Reverse())
            {
                unread.TryGetValue(number, out UnknownFields? record);
                w.Raw(UnknownFields.Of(record));
                if (Values().TryGetValue(number, out ExtensionValue? value))
                {
                    Write(ref w, value);
                }
            }
        }

        /// <summary>Writes the unknown fields of a message set, and its items by their types.</summary>
        private protected void WriteItems(ref WireWriter w)
        {
            var unread = new SortedDictionary<int, UnknownFields?>();
            w.Raw(UnknownFields.Of(MessageSetItem.Sort(UnknownFields.Of(UnknownData), unread)));
            WriteExtensions(ref w, unread, 1, int.MaxValue);
        }

        private void WriteHeld(ref WireWriter w, int first = 1, int last = int.MaxValue)
        {
            var values = new ExtensionValue[_extensions?.Count ?? 0];
            _extensions?.Values.CopyTo(values, 0);
            for (int index = values.Length - 1; index >= 0; index--)
            {
                int number = values[index].Key.Number;
                if (first <= number && number <= last)
                {
                    Write(ref w, values[index]);
                }
            }
        }

        private void Write(ref WireWriter w, ExtensionValue value)
        {
            w.Extensions?.Add(value.Key);
            if (IsMessageSet())
            {
                MessageSetItem.Write(ref w, value);
            }
            else
            {
                value.Write(ref w);
            }
        }

        private protected string? FindMissingInExtensions()
        {
            if (_extensions != null)
            {
                foreach (ExtensionValue value in _extensions.Values)
                {
                    string? missing = value.FindMissing();
                    if (missing != null)
                    {
                        return missing;
                    }
                }
            }

            return null;
        }

        private protected void MergeExtensions(ExtendableMessage<TSelf> other)
        {
            if (other._extensions == null)
            {
                return;
            }

            if (_extensions == null && UnknownData == null)
            {
                foreach (ExtensionValue value in other._extensions.Values)
                {
                    Values()[value.Key.Number] = value.Copy();
                }

                return;
            }

            // Both go back to what they are on the wire, one after the other: a reader merges them when asked to.
            UnknownFields? all = null;
            Spill(this, ref all);
            UnknownFields.Append(ref all, UnknownFields.Of(UnknownData));
            Spill(other, ref all);
            UnknownData = all;
            _extensions = null;
        }

        private static void Spill(ExtendableMessage<TSelf> message, ref UnknownFields? all)
        {
            var writer = new WireWriter(WireWriter.Size);
            try
            {
                message.WriteHeld(ref writer);
                UnknownFields.Append(ref all, writer.Data);
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>Whether the extensions are equal, asked for or not, and the other unknown fields too.</summary>
        private protected bool SameExtensions(ExtendableMessage<TSelf> other)
        {
            if (_extensions == null && other._extensions == null)
            {
                return UnknownFields.Of(UnknownData).SequenceEqual(UnknownFields.Of(other.UnknownData));
            }

            return Canonical().AsSpan().SequenceEqual(other.Canonical());
        }

        private protected int HashExtensions() => MessageValues.Hash(Canonical());

        /// <summary>The extensions and unknown fields in the order of their numbers.</summary>
        private byte[] Canonical()
        {
            var records = new SortedDictionary<int, UnknownFields?>();
            var writer = new WireWriter(WireWriter.Size);
            WriteHeld(ref writer);
            UnknownFields? all = null;
            UnknownFields.Append(ref all, writer.Data);
            writer.Dispose();
            UnknownFields.Append(ref all, UnknownFields.Of(UnknownData));
            ReadOnlySpan<byte> data = UnknownFields.Of(all);
            UnknownFields? others = IsMessageSet() ? MessageSetItem.Sort(data, records) : Sort(data, records, number => true);
            all = null;
            foreach (UnknownFields? record in records.Values)
            {
                UnknownFields.Append(ref all, UnknownFields.Of(record));
            }

            UnknownFields.Append(ref all, UnknownFields.Of(others));
            return UnknownFields.Of(all).ToArray();
        }

        /// <summary>Sorts the wanted records by their numbers; returns the others.</summary>
        private static UnknownFields? Sort(
            ReadOnlySpan<byte> data, SortedDictionary<int, UnknownFields?> records, Predicate<int> isWanted)
        {
            UnknownFields? others = null;
            var reader = new WireReader(data, int.MaxValue);
            for (uint tag = reader.Tag(); tag != 0; tag = reader.Tag())
            {
                ReadOnlySpan<byte> record = reader.SkipRecord();
                int number = (int)(tag >> 3);
                if (!isWanted(number))
                {
                    UnknownFields.Append(ref others, record);
                    continue;
                }

                records.TryGetValue(number, out UnknownFields? fields);
                UnknownFields.Append(ref fields, record);
                records[number] = fields;
            }

            return others;
        }

        private SortedDictionary<int, ExtensionValue> Values() =>
            _extensions ??= new SortedDictionary<int, ExtensionValue>();

        /// <summary>The value of an extension, which is taken out of the unknown fields if it is still there.</summary>
        private ExtensionValue<TValue>? Take<TValue>(Extension<TSelf, TValue> extension)
        {
            ExtensionValue? held = null;
            _extensions?.TryGetValue(extension.Number, out held);
            if (UnknownData == null)
            {
                return held as ExtensionValue<TValue>;
            }

            try
            {
                ExtensionValue? read = Split(extension, null, out UnknownFields? rest);
                if (read != null)
                {
                    // What is held is added to only now that all of it is known to be valid.
                    held = held == null ? read : Split(extension, held, out rest)!;
                    UnknownData = rest;
                    Values()[extension.Number] = held;
                }
            }
            catch (DecodeException error)
            {
                error.Within("[" + extension.FullName + "]");
                error.Within(ContractName());
                throw;
            }

            return held as ExtensionValue<TValue>;
        }

        /// <summary>Reads an extension from the unknown fields; <paramref name="rest"/> is what are none of its.</summary>
        private ExtensionValue? Split(
            Extension extension,
            ExtensionValue? value,
            out UnknownFields? rest,
            bool dropInvalid = false)
        {
            rest = null;
            ReadOnlySpan<byte> data = UnknownFields.Of(UnknownData);
            var reader = new WireReader(data, DecodeOptions.Default.RecursionLimit);
            for (uint tag = reader.Tag(); tag != 0; tag = reader.Tag())
            {
                WireReader inside = reader;
                ReadOnlySpan<byte> record = reader.SkipRecord();
                try
                {
                    ExtensionValue? next = Read(extension, tag, inside, value);
                    if (next == null)
                    {
                        UnknownFields.Append(ref rest, record);
                    }
                    else
                    {
                        value = next;
                    }
                }
                catch (DecodeException) when (dropInvalid)
                {
                    // It was to be the extension's.
                }
            }

            return value;
        }

        /// <summary>The value after one more field; null if the field is none of the extension's.</summary>
        private ExtensionValue? Read(Extension extension, uint tag, WireReader r, ExtensionValue? old)
        {
            if (IsMessageSet())
            {
                return MessageSetItem.Open(tag, ref r) == extension.Number ? extension.ReadItem(ref r, old) : null;
            }

            return tag >> 3 == (uint)extension.Number ? extension.Read(ref r, tag, old) : null;
        }
    }
}
