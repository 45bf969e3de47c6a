// Writes ProtoJSON. Generated code calls one method per value; this file knows no message but the place it is at.

#nullable enable

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Xlc
{
    internal sealed class JsonWriter
    {
        private readonly List<string> _steps = new List<string>();
        private char[] _buffer = ArrayPool<char>.Shared.Rent(512);
        private int _length;
        private int _depth;
        private bool _first = true;

        internal JsonWriter(JsonWriteOptions options, bool debug)
        {
            Options = options;
            Debug = debug;
            Defaults = options.WriteDefaults;
        }

        internal JsonWriteOptions Options { get; }

        /// <summary>Whether the text is for people: nothing that is set makes writing fail.</summary>
        internal bool Debug { get; }

        /// <summary>Whether fields without presence are written when they hold their default.</summary>
        internal bool Defaults { get; }

        public override string ToString() => new string(_buffer, 0, _length);

        internal void Dispose() => ArrayPool<char>.Shared.Return(_buffer);

        internal void CopyTo(IBufferWriter<byte> output)
        {
            Span<byte> bytes = output.GetSpan(Encoding.UTF8.GetByteCount(_buffer, 0, _length));
            output.Advance(Encoding.UTF8.GetBytes(_buffer.AsSpan(0, _length), bytes));
        }

        /// <summary>Where writing has come to.</summary>
        internal string Path()
        {
            var path = new StringBuilder();
            foreach (string step in _steps)
            {
                path.Append(path.Length == 0 || step.Length == 0 ? "" : ".").Append(step);
            }

            return path.ToString();
        }

        internal void BeginObject()
        {
            // A message that contains itself must not end the process.
            if ((++_depth & 15) == 0)
            {
                RuntimeHelpers.EnsureSufficientExecutionStack();
            }

            _steps.Add("");
            Put('{');
            _first = true;
        }

        internal void EndObject()
        {
            _steps.RemoveAt(_steps.Count - 1);
            End('}');
        }

        /// <summary>
        /// The name of the next value of an object, which is the same in the contract. It has no character that JSON
        /// would escape.
        /// </summary>
        internal void Name(string name)
        {
            Next();
            _steps[_steps.Count - 1] = name;
            Span<char> room = Room(name.Length + 4);
            room[0] = '"';
            name.AsSpan().CopyTo(room.Slice(1));
            room[name.Length + 1] = '"';
            room[name.Length + 2] = ':';
            room[name.Length + 3] = ' ';
            _length += name.Length + (Debug || Options.Indented ? 4 : 3);
        }

        /// <summary>The name of the next value of an object, which may be any text.</summary>
        internal void AnyName(string name)
        {
            Key(name);
            _steps[_steps.Count - 1] = name;
        }

        /// <summary>The name of the next value of an object: in JSON and in the contract.</summary>
        internal void Name(string name, string contractName) => Name(Options.ContractNames ? contractName : name);

        /// <summary>The name of the next value of an object, which may be any text: in JSON and in the contract.</summary>
        internal void AnyName(string name, string contractName) => AnyName(Options.ContractNames ? contractName : name);

        /// <summary>The key of the next value of a map.</summary>
        internal void Key(string key)
        {
            Next();
            Text(key);
            Colon();
        }

        internal void Key(bool key) => Key(key ? "true" : "false");

        internal void Key(int key) => Key(key.ToString(CultureInfo.InvariantCulture));

        internal void Key(long key) => Key(key.ToString(CultureInfo.InvariantCulture));

        internal void Key(uint key) => Key(key.ToString(CultureInfo.InvariantCulture));

        internal void Key(ulong key) => Key(key.ToString(CultureInfo.InvariantCulture));

        internal void BeginMap()
        {
            _depth++;
            Put('{');
            _first = true;
        }

        internal void EndMap() => End('}');

        internal void BeginArray()
        {
            _depth++;
            Put('[');
            _first = true;
        }

        /// <summary>What stands before each element of an array.</summary>
        internal void Next()
        {
            if (!_first)
            {
                Put(',');
                if (Debug && !Options.Indented)
                {
                    Put(' ');
                }
            }

            _first = false;
            Line();
        }

        internal void EndArray() => End(']');

        internal void Null() => Put("null");

        internal void Redacted() => Text("[REDACTED]");

        internal void Bool(bool value) => Put(value ? "true" : "false");

        internal void Int32(int value)
        {
            Span<char> room = Room(11);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
        }

        internal void Uint32(uint value)
        {
            Span<char> room = Room(10);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
        }

        internal void Int64(long value)
        {
            Put('"');
            Span<char> room = Room(20);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
            Put('"');
        }

        internal void Uint64(ulong value)
        {
            Put('"');
            Span<char> room = Room(20);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
            Put('"');
        }

        internal void Double(double value)
        {
            if (NotFinite(value))
            {
                return;
            }

            Span<char> room = Room(32);
            value.TryFormat(room, out int length, "R", CultureInfo.InvariantCulture);
            _length += length;
        }

        internal void Float(float value)
        {
            if (NotFinite(value))
            {
                return;
            }

            Span<char> room = Room(32);
            value.TryFormat(room, out int length, "R", CultureInfo.InvariantCulture);
            _length += length;
        }

        internal void Bytes(byte[] value)
        {
            if (value == null)
            {
                Missing();
                return;
            }

            Put('"');
            Span<char> room = Room(checked((value.Length + 2) / 3 * 4));
            Convert.TryToBase64Chars(value, room, out int length);
            _length += length;
            Put('"');
        }

        internal void String(string value)
        {
            if (value == null)
            {
                Missing();
                return;
            }

            Text(value);
        }

        internal void Enum(EnumTable table, int value)
        {
            string? name = Options.EnumNumbers ? null : table.Name(value);
            if (name == null)
            {
                Int32(value);
            }
            else
            {
                Text(name);
            }
        }

        internal void Message(Message value)
        {
            if (value == null)
            {
                Missing();
                return;
            }

            value.WriteJson(this);
        }

        /// <summary>Says that a value cannot be written, or shows it in a text for people.</summary>
        internal void Fail(string reason)
        {
            if (!Debug)
            {
                throw new EncodeException(reason);
            }

            Text("<" + reason + ">");
        }

        private void Missing()
        {
            if (!Debug)
            {
                throw new EncodeException("the value is null");
            }

            Null();
        }

        private bool NotFinite(double value)
        {
            if (!double.IsNaN(value) && !double.IsInfinity(value))
            {
                return false;
            }

            Put(double.IsNaN(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
            return true;
        }

        private void Text(string value)
        {
            // Room for the text as it is and its quotes; what must be escaped makes more.
            Span<char> room = Room(value.Length + 2);
            room[0] = '"';
            int index = 0;
            for (; index < value.Length; index++)
            {
                char c = value[index];
                if (c < ' ' || c == '"' || c == '\\' || (c & 0xF800) == 0xD800)
                {
                    break;
                }

                room[index + 1] = c;
            }

            if (index == value.Length)
            {
                room[index + 1] = '"';
                _length += index + 2;
                return;
            }

            _length += index + 1;
            Escape(value, index);
            Put('"');
        }

        private void Escape(string value, int index)
        {
            for (; index < value.Length; index++)
            {
                char c = value[index];
                if (char.IsSurrogate(c))
                {
                    bool paired = char.IsHighSurrogate(c) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]);
                    if (paired)
                    {
                        Put(c);
                        Put(value[++index]);
                    }
                    else if (Debug)
                    {
                        Put('\uFFFD');
                    }
                    else
                    {
                        throw new EncodeException("the string holds a lone surrogate");
                    }
                }
                else if (c < ' ' || c == '"' || c == '\\')
                {
                    Escape(c);
                }
                else
                {
                    Put(c);
                }
            }
        }

        private void Escape(char c)
        {
            int known = "\"\\\b\f\n\r\t".IndexOf(c);
            if (known >= 0)
            {
                Put('\\');
                Put("\"\\bfnrt"[known]);
            }
            else
            {
                Put("\\u00");
                Put("0123456789abcdef"[c >> 4]);
                Put("0123456789abcdef"[c & 15]);
            }
        }

        private void Colon()
        {
            Put(':');
            if (Debug || Options.Indented)
            {
                Put(' ');
            }
        }

        private void End(char bracket)
        {
            _depth--;
            if (!_first)
            {
                Line();
            }

            _first = false;
            Put(bracket);
        }

        private void Line()
        {
            if (Options.Indented)
            {
                Span<char> room = Room(1 + 2 * _depth);
                room.Slice(0, 1 + 2 * _depth).Fill(' ');
                room[0] = '\n';
                _length += 1 + 2 * _depth;
            }
        }

        private void Put(string value)
        {
            value.AsSpan().CopyTo(Room(value.Length));
            _length += value.Length;
        }

        private void Put(char value)
        {
            if (_length == _buffer.Length)
            {
                Room(1);
            }

            _buffer[_length++] = value;
        }

        private Span<char> Room(int count)
        {
            if (count > _buffer.Length - _length)
            {
                char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(checked(_length + count), _buffer.Length * 2));
                _buffer.AsSpan(0, _length).CopyTo(larger);
                ArrayPool<char>.Shared.Return(_buffer);
                _buffer = larger;
            }

            return _buffer.AsSpan(_length);
        }
    }
}
