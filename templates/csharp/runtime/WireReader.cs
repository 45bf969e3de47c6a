// Reads the binary format: tags, lengths, messages, and what is passed over. Values are in WireReaderValues; neither knows
// a message.

#nullable enable

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Xlc
{
    /// <summary>A position in the encoding of one message and of those inside it, which are read in place.</summary>
    internal ref partial struct WireReader
    {
        private readonly ReadOnlySpan<byte> _data;
        private readonly TypeRegistry? _types;
        private int _position;
        private int _end;
        private int _depth;
        private int _tagAt;
        private uint _tag;
        private uint _entry;

        internal WireReader(ReadOnlySpan<byte> data, int depth, TypeRegistry? types = null)
        {
            _data = data;
            _types = types;
            _position = 0;
            _end = data.Length;
            _depth = depth;
            _tagAt = 0;
            _tag = 0;
            _entry = 0;
        }

        internal int Position => _position;

        internal int TagAt => _tagAt;

        /// <summary>The tag of the message's field that is read; that of a map while an entry is read.</summary>
        internal uint Place => _entry != 0 ? _entry : _tag;

        /// <summary>Whether the message or packed field that is read has ended.</summary>
        internal bool AtEnd => _position >= _end;

        /// <summary>The next tag, or 0 at the end of the message.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal uint Tag()
        {
            _tagAt = _position;
            if (_position >= _end)
            {
                return _tag = 0;
            }

            uint first = _data[_position];
            if (first >= 8 && first < 0x80)
            {
                _position++;
                return _tag = first;
            }

            _tag = 0;
            return _tag = LongTag();
        }

        /// <summary>Reads a message with a length into the one given.</summary>
        internal T Message<T>(T message)
            where T : Message
        {
            uint tag = _tag;
            uint entry = _entry;
            int outer = Begin();
            Descend();
            _entry = 0;
            try
            {
                message.ReadWire(ref this);
            }
            catch (DecodeException error) when (Within(error, message, tag, entry))
            {
                throw;
            }

            if (_tag != 0)
            {
                throw Stray(message, tag, entry);
            }

            _depth++;
            _tag = tag;
            _entry = entry;
            End(outer);
            return message;
        }

        /// <summary>Reads a message between group tags into the one given.</summary>
        internal T Group<T>(T message)
            where T : Message
        {
            uint tag = _tag;
            uint entry = _entry;
            Descend();
            _entry = 0;
            try
            {
                message.ReadWire(ref this);
            }
            catch (DecodeException error) when (Within(error, message, tag, entry))
            {
                throw;
            }

            if (_tag != tag + 1)
            {
                throw _tag == 0 ? Error("the group does not end", _position) : Stray(message, tag, entry);
            }

            _depth++;
            _tag = tag;
            _entry = entry;
            return message;
        }

        /// <summary>Enters a length-delimited value; returns what <see cref="End"/> needs to leave it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal int Begin()
        {
            int length = Length();
            if (length > _end - _position)
            {
                throw Truncated();
            }

            int outer = _end;
            _end = _position + length;
            return outer;
        }

        /// <summary>Enters a packed field whose elements have <paramref name="size"/> bytes and makes room for them.</summary>
        internal int Begin<T>(List<T> list, int size)
        {
            int outer = Begin();
            int needed = list.Count + (_end - _position) / size;
            if (list.Capacity < needed)
            {
                list.Capacity = Math.Max(needed, list.Count * 2);
            }

            return outer;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void End(int outer)
        {
            if (_position != _end)
            {
                throw Error("the field does not end where its length says", _position);
            }

            _end = outer;
        }

        /// <summary>Enters the entry of a map.</summary>
        internal int BeginEntry()
        {
            _entry = _tag;
            return Begin();
        }

        internal void EndEntry(int outer)
        {
            _tag = _entry;
            _entry = 0;
            End(outer);
        }

        /// <summary>
        /// Keeps the field whose tag was read with the message, as it is or as an extension that is known. False if the tag ends a group, which ends
        /// the message: whoever began it says whether that is right.
        /// </summary>
        internal bool Unknown(Message message)
        {
            if ((_tag & 7) == 4)
            {
                return false;
            }

            if (_types != null && message.ReadExtension(_types, _tag, ref this))
            {
                return true;
            }

            int start = _tagAt;
            SkipValue(_tag);
            UnknownFields.Append(ref message.UnknownData, _data.Slice(start, _position - start));
            return true;
        }

        /// <summary>Keeps what was read since <paramref name="start"/> with the message, as it is.</summary>
        internal void Keep(Message message, int start) =>
            UnknownFields.Append(ref message.UnknownData, _data.Slice(start, _position - start));

        /// <summary>Passes over the value of the tag that was read.</summary>
        internal void Skip()
        {
            if ((_tag & 7) == 4)
            {
                throw Error("a group ends that did not begin", _tagAt);
            }

            SkipValue(_tag);
        }

        /// <summary>Passes over the value of the tag that was read and returns it, its group's end tag excluded.</summary>
        internal ReadOnlySpan<byte> SkipRecord()
        {
            int start = _tagAt;
            Skip();
            return _data.Slice(start, _position - start);
        }

        /// <summary>Forgets the tag: whoever read its field has said where an error is.</summary>
        internal void ForgetTag() => _tag = 0;

        /// <summary>What says that the whole input was one message.</summary>
        internal void Finish()
        {
            if (_tag != 0)
            {
                throw Error("a group ends that did not begin", _tagAt);
            }
        }

        internal DecodeException Error(string reason, int offset) => new DecodeException(reason, offset);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private uint Varint32()
        {
            if (_position < _end)
            {
                uint first = _data[_position];
                if (first < 0x80)
                {
                    _position++;
                    return first;
                }
            }

            return unchecked((uint)LongVarint());
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private ulong Varint64()
        {
            if (_position < _end)
            {
                uint first = _data[_position];
                if (first < 0x80)
                {
                    _position++;
                    return first;
                }
            }

            return LongVarint();
        }

        private ulong LongVarint()
        {
            ReadOnlySpan<byte> bytes = _data.Slice(_position, Math.Min(10, _end - _position));
            ulong value = 0;
            for (int index = 0; index < bytes.Length; index++)
            {
                byte part = bytes[index];
                value |= (ulong)(part & 0x7F) << (7 * index);
                if (part < 0x80)
                {
                    _position += index + 1;
                    return value;
                }
            }

            throw bytes.Length < 10 ? Truncated() : Error("the varint is longer than ten bytes", _position);
        }

        private uint LongTag()
        {
            int start = _position;
            ulong value = LongVarint();
            if (_position - start > 5 || value > uint.MaxValue)
            {
                throw Error("the tag is out of range", start);
            }

            return value >= 8 ? (uint)value : throw Error("the field number is 0", start);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private int Length()
        {
            if (_position < _end)
            {
                uint first = _data[_position];
                if (first < 0x80)
                {
                    _position++;
                    return (int)first;
                }
            }

            return LongLength();
        }

        private int LongLength()
        {
            int start = _position;
            ulong length = LongVarint();
            return length <= int.MaxValue ? (int)length : throw Error("the length is out of range", start);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > _end - _position)
            {
                throw Truncated();
            }

            ReadOnlySpan<byte> bytes = _data.Slice(_position, count);
            _position += count;
            return bytes;
        }

        private void SkipValue(uint tag)
        {
            switch (tag & 7)
            {
                case 0:
                    LongVarint();
                    break;
                case 1:
                    Take(8);
                    break;
                case 2:
                    Take(Length());
                    break;
                case 3:
                    SkipGroup(tag);
                    break;
                case 5:
                    Take(4);
                    break;
                default:
                    throw Error("wire type " + (tag & 7) + " does not exist", _tagAt);
            }
        }

        private void SkipGroup(uint tag)
        {
            Descend();
            for (uint inner = Tag(); inner != tag + 1; inner = Tag())
            {
                if (inner == 0)
                {
                    throw Error("the group does not end", _position);
                }

                Skip();
            }

            _depth++;
            _tag = tag;
        }

        private void Descend()
        {
            if (--_depth < 0)
            {
                throw Error("messages are nested too deeply", _position);
            }
        }

        /// <summary>Notes where an error happened on its way out. Always false: nothing is caught.</summary>
        private bool Within(DecodeException error, Message message, uint tag, uint entry)
        {
            error.Within(message.DescribeField((int)(Place >> 3)));
            _tag = tag;
            _entry = entry;
            return false;
        }

        private DecodeException Stray(Message message, uint tag, uint entry)
        {
            DecodeException error = Error("a group ends that did not begin", _tagAt);
            Within(error, message, tag, entry);
            return error;
        }

        private DecodeException Truncated() => Error("the input ends too early", _position);
    }
}
