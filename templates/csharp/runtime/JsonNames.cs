// Finds the field of a name in ProtoJSON without making a string of it.

#nullable enable

using System;
using System.Collections.Generic;
using System.Text;

namespace Xlc
{
    /// <summary>The names of the fields of one message: those of ProtoJSON and those of the contract.</summary>
    internal sealed class JsonNames
    {
        private readonly List<Entry> _entries = new List<Entry>();
        private int[] _slots = new int[8];
        private int _fields;

        /// <summary>How many fields there are.</summary>
        internal int Count => _fields;

        /// <summary>Adds a field by the names under which it is read: none, one or two.</summary>
        internal JsonNames Add(int number, string? name = null, string? other = null, bool takesNull = false)
        {
            if (name != null)
            {
                Insert(number, name, takesNull);
            }

            if (other != null)
            {
                Insert(number, other, takesNull);
            }

            _fields++;
            return this;
        }

        /// <summary>The field of a name in UTF-8. False if there is none.</summary>
        internal bool Find(ReadOnlySpan<byte> name, out int field, out int number, out bool takesNull)
        {
            for (int slot = Slot(name); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
            {
                Entry entry = _entries[_slots[slot] - 1];
                if (name.SequenceEqual(entry.Name))
                {
                    field = entry.Field;
                    number = entry.Number;
                    takesNull = entry.TakesNull;
                    return true;
                }
            }

            field = 0;
            number = 0;
            takesNull = false;
            return false;
        }

        private void Insert(int number, string name, bool takesNull)
        {
            _entries.Add(new Entry(Encoding.UTF8.GetBytes(name), _fields, number, takesNull));
            if (_entries.Count * 2 <= _slots.Length)
            {
                Place(_entries.Count);
                return;
            }

            _slots = new int[_slots.Length * 2];
            for (int index = 1; index <= _entries.Count; index++)
            {
                Place(index);
            }
        }

        private void Place(int index)
        {
            int slot = Slot(_entries[index - 1].Name);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = index;
        }

        private int Slot(ReadOnlySpan<byte> name)
        {
            uint hash = (uint)name.Length;
            foreach (byte part in name)
            {
                hash = unchecked((hash ^ part) * 0x01000193);
            }

            return (int)((hash ^ (hash >> 15)) & (uint)(_slots.Length - 1));
        }

        private readonly struct Entry
        {
            internal readonly byte[] Name;
            internal readonly int Field;
            internal readonly int Number;
            internal readonly bool TakesNull;

            internal Entry(byte[] name, int field, int number, bool takesNull)
            {
                Name = name;
                Field = field;
                Number = number;
                TakesNull = takesNull;
            }
        }
    }

    /// <summary>The fields of one JSON object while it is read.</summary>
    internal struct JsonFields
    {
        internal readonly JsonNames Names;
        internal readonly Message Owner;

        /// <summary>The number of the field whose value is next.</summary>
        internal int Number;
        internal bool Begun;
        internal bool HasType;
        private readonly ulong[]? _many;
        private ulong _few;

        internal JsonFields(JsonNames names, Message owner)
        {
            Names = names;
            Owner = owner;
            Number = 0;
            Begun = false;
            HasType = false;
            _few = 0;
            _many = names.Count > 64 ? new ulong[(names.Count + 63) / 64] : null;
        }

        /// <summary>Marks a field as seen; false if it was before.</summary>
        internal bool Mark(int field)
        {
            ref ulong seen = ref _few;
            if (_many != null)
            {
                seen = ref _many[field / 64];
            }

            ulong bit = 1UL << (field & 63);
            bool first = (seen & bit) == 0;
            seen |= bit;
            return first;
        }
    }
}
