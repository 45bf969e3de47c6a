// The items of a message set, as extensions of the oldest kind are written: groups of a type and a message. What counts in
// an item with more than it needs is what google's runtimes take: the first type and the first message.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc
{
    internal static class MessageSetItem
    {
        /// <summary>What <see cref="Open"/> says of a group that lacks its type or its message.</summary>
        private const int Incomplete = -1;

        private const uint StartTag = (1 << 3) | 3;
        private const uint EndTag = (1 << 3) | 4;
        private const uint TypeTag = 2 << 3;
        private const uint MessageTag = (3 << 3) | 2;

        /// <summary>
        /// The type of the item behind a tag, and the reader before its message; 0 or <see cref="Incomplete"/> if there is none.
        /// A field with the number of an extension is an item too.
        /// </summary>
        internal static int Open(uint tag, ref WireReader r)
        {
            if (tag != StartTag)
            {
                return (tag & 7) == 2 ? (int)(tag >> 3) : 0;
            }

            uint type = 0;
            WireReader message = r;
            bool found = false;
            for (uint inner = r.Tag(); inner != EndTag; inner = r.Tag())
            {
                if (inner == TypeTag && type == 0)
                {
                    type = r.Uint32();
                    continue;
                }

                if (inner == MessageTag && !found)
                {
                    message = r;
                    found = true;
                }

                r.Skip();
            }

            r = message;
            return found && type != 0 && type <= int.MaxValue ? (int)type : Incomplete;
        }

        /// <summary>Sorts items by their types, as a writer has them; returns the fields that are none.</summary>
        internal static UnknownFields? Sort(ReadOnlySpan<byte> data, SortedDictionary<int, UnknownFields?> items)
        {
            UnknownFields? others = null;
            var reader = new WireReader(data, int.MaxValue);
            for (uint tag = reader.Tag(); tag != 0; tag = reader.Tag())
            {
                WireReader inside = reader;
                ReadOnlySpan<byte> record = reader.SkipRecord();
                int type = Open(tag, ref inside);
                if (type > 0)
                {
                    items.TryGetValue(type, out UnknownFields? found);
                    Append(ref found, type, inside.Bytes());
                    items[type] = found;
                }
                else if (type != Incomplete)
                {
                    UnknownFields.Append(ref others, record);
                }
            }

            return others;
        }

        /// <summary>Writes an extension as an item.</summary>
        internal static void Write(ref WireWriter w, ExtensionValue value)
        {
            w.Tag(EndTag);
            value.WriteItem(ref w);
            w.Tag(MessageTag);
            w.Uint32((uint)value.Key.Number);
            w.Tag(TypeTag);
            w.Tag(StartTag);
        }

        private static void Append(ref UnknownFields? items, int type, byte[] message)
        {
            Span<byte> head = stackalloc byte[16];
            head[0] = (byte)StartTag;
            head[1] = (byte)TypeTag;
            int length = 2 + WireWriter.Put(head.Slice(2), (uint)type);
            head[length++] = (byte)MessageTag;
            length += WireWriter.Put(head.Slice(length), (uint)message.Length);
            UnknownFields.Append(ref items, head.Slice(0, length));
            UnknownFields.Append(ref items, message);
            head[0] = (byte)EndTag;
            UnknownFields.Append(ref items, head.Slice(0, 1));
        }
    }
}
