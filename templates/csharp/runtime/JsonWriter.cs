// Writes ProtoJSON: objects, arrays and names, and where writing has come to. Generated code calls one method per value
// (see JsonWriterValues); this file knows no message.

#nullable enable

using System;
using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Xlc
{
    /// <summary>What a text is written for.</summary>
    internal enum JsonUse
    {
        /// <summary>To be read back: what ProtoJSON cannot express is an error.</summary>
        Data,

        /// <summary>For people: nothing that is set makes writing fail.</summary>
        Debug,

        /// <summary>To find what no format can express, and nothing else.</summary>
        Search,
    }

    internal sealed partial class JsonWriter
    {
        private readonly JsonUse _use;
        private readonly bool _spaced;
        private Place[] _places = new Place[8];
        private int _top = -1;
        private char[] _buffer = ArrayPool<char>.Shared.Rent(512);
        private int _length;
        private int _depth;
        private bool _first = true;

        internal JsonWriter(JsonWriteOptions options, JsonUse use)
        {
            Options = options;
            _use = use;
            _spaced = options.Indented || use == JsonUse.Debug;
            Defaults = options.WriteDefaults;
        }

        internal JsonWriteOptions Options { get; }

        /// <summary>Whether the text is to be read back.</summary>
        internal bool IsData => _use == JsonUse.Data;

        /// <summary>Whether the text is for people.</summary>
        internal bool Debug => _use == JsonUse.Debug;

        /// <summary>Whether fields without presence are written when they hold their default.</summary>
        internal bool Defaults { get; }

        public override string ToString() => new string(_buffer, 0, _length);

        internal void Dispose() => ArrayPool<char>.Shared.Return(_buffer);

        internal void CopyTo(IBufferWriter<byte> output)
        {
            Span<byte> bytes = output.GetSpan(Encoding.UTF8.GetByteCount(_buffer, 0, _length));
            output.Advance(Encoding.UTF8.GetBytes(_buffer.AsSpan(0, _length), bytes));
        }

        /// <summary>Where writing has come to, by the names of the contract.</summary>
        internal string Path()
        {
            var path = new StringBuilder();
            for (int index = 0; index <= _top; index++)
            {
                Place place = _places[index];
                if (place.Elements > 0)
                {
                    path.Append('[').Append(place.Elements - 1).Append(']');
                }
                else if (place.IsMap && place.Name != null)
                {
                    path.Append('[').Append(place.Name).Append(']');
                }
                else if (place.Name != null)
                {
                    bool joins = path.Length == 0 || place.Name.StartsWith("[", StringComparison.Ordinal);
                    path.Append(joins ? "" : ".").Append(place.Name);
                }
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

            Enter(false);
            Put('{');
            _first = true;
        }

        internal void EndObject() => End('}');

        /// <summary>
        /// The name of the next value of an object, which is the same in the contract. It has no character that JSON
        /// would escape.
        /// </summary>
        internal void Name(string name)
        {
            // All in one piece: names are what most of a text is made of.
            bool hasComma = !_first && !_spaced;
            if (_spaced)
            {
                Separate();
            }

            Span<char> room = Room(name.Length + 5);
            int at = 0;
            if (hasComma)
            {
                room[at++] = ',';
            }

            _first = false;
            _places[_top].Name = name;
            room[at++] = '"';
            name.AsSpan().CopyTo(room.Slice(at));
            at += name.Length;
            room[at] = '"';
            room[at + 1] = ':';
            room[at + 2] = ' ';
            _length += at + (_spaced ? 3 : 2);
        }

        /// <summary>The name of the next value of an object, which may be any text.</summary>
        internal void AnyName(string name) => Key(name);

        /// <summary>The name of the next value of an object: in JSON and in the contract.</summary>
        internal void Name(string name, string contractName)
        {
            Name(Options.ContractNames ? contractName : name);
            _places[_top].Name = contractName;
        }

        /// <summary>The name of the next value of an object, which may be any text: in JSON and in the contract.</summary>
        internal void AnyName(string name, string contractName)
        {
            AnyName(Options.ContractNames ? contractName : name);
            _places[_top].Name = contractName;
        }

        /// <summary>The key of the next value of a map.</summary>
        internal void Key(string key)
        {
            Separate();
            _places[_top].Name = key;
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
            Enter(true);
            Put('{');
            _first = true;
        }

        internal void EndMap() => End('}');

        internal void BeginArray()
        {
            _depth++;
            Enter(false);
            Put('[');
            _first = true;
        }

        /// <summary>What stands before each element of an array.</summary>
        internal void Next()
        {
            _places[_top].Elements++;
            Separate();
        }

        internal void EndArray() => End(']');

        private void Separate()
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

        private void Colon()
        {
            Put(':');
            if (_spaced)
            {
                Put(' ');
            }
        }

        private void Enter(bool isMap)
        {
            if (++_top == _places.Length)
            {
                Array.Resize(ref _places, _places.Length * 2);
            }

            _places[_top] = new Place { IsMap = isMap };
        }

        private void End(char bracket)
        {
            _depth--;
            _top--;
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

        /// <summary>How far an object or an array has been written.</summary>
        private struct Place
        {
            /// <summary>The name or key that was written last; null in an array.</summary>
            internal string? Name;

            internal bool IsMap;

            /// <summary>How many elements of an array were begun.</summary>
            internal int Elements;
        }
    }
}
