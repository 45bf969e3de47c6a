// Reads ProtoJSON: the structure. Generated code asks for one value after the other; this file knows no message.

#nullable enable

using System;
using System.Collections.Generic;
using System.Text;

namespace Xlc
{
    /// <summary>A position in a JSON text (RFC 8259) in UTF-8.</summary>
    internal ref partial struct JsonReader
    {
        private readonly ReadOnlySpan<byte> _data;
        private int _position;
        // How many more messages may be within one another here, as in the binary format: a list or a map is none.
        private int _depth;

        // The name of the field that is read: a part of the text, from which it is taken if there is an error.
        private int _nameAt;
        private int _nameLength;
        private int _index;
        private bool _typed;

        internal JsonReader(ReadOnlySpan<byte> data, JsonReadOptions options)
        {
            _data = data;
            _position = 0;
            _depth = options.RecursionLimit;
            _nameAt = 0;
            _nameLength = 0;
            _index = -1;
            _typed = false;
            Options = options;
        }

        internal JsonReadOptions Options { get; }

        /// <summary>A copy that stands where this one does and can run ahead.</summary>
        internal JsonReader Ahead() => this;

        internal static ReadOnlySpan<byte> Encode(string json, byte[] buffer)
        {
            if (Utf8.Count(json) < 0)
            {
                throw new JsonFormatException("the text holds a lone surrogate", 0);
            }

            return buffer.AsSpan(0, Encoding.UTF8.GetBytes(json, 0, json.Length, buffer, 0));
        }

        /// <summary>The step of a path that leads to where reading is.</summary>
        internal string Step()
        {
            string name = Encoding.UTF8.GetString(_data.Slice(_nameAt, _nameLength));
            return _index < 0 ? name : name + "[" + _index + "]";
        }

        internal void Finish()
        {
            if (Peek() != 0 || _position < _data.Length)
            {
                throw Error("there is more after the value");
            }
        }

        /// <summary>The next byte that is no white space, or 0 at the end.</summary>
        internal byte Peek()
        {
            while (_position < _data.Length)
            {
                byte next = _data[_position];
                if (next > ' ' || (next != ' ' && next != '\n' && next != '\r' && next != '\t'))
                {
                    return next;
                }

                _position++;
            }

            return 0;
        }

        internal bool TryNull() => Peek() == 'n' && TryLiteral("null");

        /// <summary>
        /// Goes to the value of the next field of a message. Values of null are passed over unless the field takes
        /// them. False at the end of the object.
        /// </summary>
        internal bool Next(ref JsonFields fields)
        {
            while (NextName(ref fields))
            {
                int at = _position;
                ReadOnlySpan<byte> name = Name(out string? escaped);
                int length = _position - at - 2;
                Colon();
                if (fields.Names.Find(name, out int field, out int number, out bool takesNull))
                {
                    _nameAt = at + 1;
                    _nameLength = length;
                    if (!fields.Mark(field))
                    {
                        throw Error("the field is there twice", at);
                    }

                    if (!takesNull && TryNull())
                    {
                        continue;
                    }

                    fields.Number = number;
                    return true;
                }

                Unknown(ref fields, escaped ?? Text(name, at), at, length);
            }

            return false;
        }

        /// <summary>Enters an array. False if it is empty, and then it is left already.</summary>
        internal bool BeginArray()
        {
            bool more = BeginList('[', ']', "an array");
            _index = more ? 0 : -1;
            return more;
        }

        /// <summary>Goes to the next element of an array. False at its end.</summary>
        internal bool NextElement()
        {
            bool more = NextOf(']');
            _index = more ? _index + 1 : -1;
            return more;
        }

        /// <summary>Enters an object of keys and values. False if it is empty, and then it is left already.</summary>
        internal bool BeginMap() => BeginList('{', '}', "an object");

        /// <summary>Goes to the next key of an object. False at its end.</summary>
        internal bool NextEntry() => NextOf('}');

        /// <summary>The key of an entry, and the colon behind it.</summary>
        internal string Key()
        {
            if (Peek() != '"')
            {
                throw Error("expected a key");
            }

            int at = _position;
            ReadOnlySpan<byte> name = Name(out string? escaped);
            Colon();
            return escaped ?? Text(name, at);
        }

        internal bool BoolKey() =>
            Key() switch
            {
                "true" => true,
                "false" => false,
                _ => throw Error("expected a key of true or false"),
            };

        internal int Int32Key() => checked((int)Int64Key(int.MinValue, int.MaxValue));

        internal long Int64Key() => Int64Key(long.MinValue, long.MaxValue);

        internal uint Uint32Key() => checked((uint)Int64Key(0, uint.MaxValue));

        internal ulong Uint64Key()
        {
            int at = Peek() == '"' ? _position : 0;
            string key = Key();
            return JsonNumber.TryUnsigned(Encoding.UTF8.GetBytes(key), out ulong value)
                ? value
                : throw Error("the key is no integer of the type", at);
        }

        internal string StringKey() => Key();

        /// <summary>Reads a message into the one given.</summary>
        internal T Message<T>(T message)
            where T : Message
        {
            (int nameAt, int nameLength, int index) = (_nameAt, _nameLength, _index);
            Enter();
            _nameLength = 0;
            _index = -1;
            try
            {
                message.ReadJson(ref this);
            }
            catch (JsonFormatException error) when (Within(error, nameAt, nameLength, index))
            {
                throw;
            }

            _nameAt = nameAt;
            _nameLength = nameLength;
            _index = index;
            _depth++;
            return message;
        }

        /// <summary>Says that two members of a oneof are there if one is already.</summary>
        internal void Only(object? member)
        {
            if (member != null)
            {
                throw Error("another member of the same oneof is there already");
            }
        }

        /// <summary>Says that a key is there twice if it was not added.</summary>
        internal void Once(bool added)
        {
            if (!added)
            {
                throw Error("the key is there twice");
            }
        }

        /// <summary>Reads the content of an Any, whose <c>@type</c> is known and stands among the fields.</summary>
        internal void Content(Message message)
        {
            Enter();
            _typed = true;
            message.ReadFields(ref this);
            _depth++;
        }

        /// <summary>Passes over a value that the contract does not know: each bracket counts as a message.</summary>
        internal void Skip() => Skip(_depth);

        /// <summary>Passes over a value in an Any that is read later.</summary>
        /// <remarks>A message has two brackets at most: its own, and those of a list or a map around it.</remarks>
        internal void SkipKnown() => Skip(2L * _depth);

        private void Skip(long brackets)
        {
            byte next = Peek();
            if (brackets <= 0 && (next == '{' || next == '['))
            {
                throw Error("messages are nested too deeply");
            }

            switch (next)
            {
                case (byte)'{':
                    for (bool more = BeginMap(); more; more = NextEntry())
                    {
                        Key();
                        Skip(brackets - 1);
                    }

                    break;
                case (byte)'[':
                    for (bool more = BeginArray(); more; more = NextElement())
                    {
                        Skip(brackets - 1);
                    }

                    break;
                case (byte)'"':
                    String();
                    break;
                case (byte)'t':
                case (byte)'f':
                    Bool();
                    break;
                case (byte)'n':
                    if (!TryLiteral("null"))
                    {
                        throw Error("expected a value");
                    }

                    break;
                default:
                    NumberToken();
                    break;
            }
        }

        internal JsonFormatException Error(string reason) => Error(reason, _position);

        internal JsonFormatException Error(string reason, int at) => new JsonFormatException(reason, at);

        private void Enter()
        {
            if (--_depth < 0)
            {
                throw Error("messages are nested too deeply");
            }
        }

        private bool NextName(ref JsonFields fields)
        {
            if (fields.Begun)
            {
                return NextOf('}');
            }

            fields.Begun = true;
            fields.HasType = _typed;
            _typed = false;
            return BeginList('{', '}', "an object");
        }

        private bool BeginList(char open, char close, string what)
        {
            if (Peek() != open)
            {
                throw Error("expected " + what);
            }

            _position++;
            if (Peek() != close)
            {
                return true;
            }

            _position++;
            return false;
        }

        private bool NextOf(char close)
        {
            byte next = Peek();
            if (next == close)
            {
                _position++;
                return false;
            }

            if (next != ',')
            {
                throw Error(next == 0 ? "the input ends too early" : "expected `,` or `" + close + "`");
            }

            _position++;
            Peek();
            return true;
        }

        private void Colon()
        {
            if (Peek() != ':')
            {
                throw Error("expected `:`");
            }

            _position++;
            Peek();
        }

        private void Unknown(ref JsonFields fields, string name, int at, int length)
        {
            if (fields.HasType && name == "@type")
            {
                fields.HasType = false;
                Skip();
                return;
            }

            _nameAt = at + 1;
            _nameLength = length;
            if (name.StartsWith("[", StringComparison.Ordinal) && fields.Owner.ReadExtension(name, ref this))
            {
                return;
            }

            if (!Options.IgnoreUnknown)
            {
                _nameLength = 0;
                throw Error("the message has no field `" + name + "`", at);
            }

            Skip();
        }

        private long Int64Key(long least, long most)
        {
            int at = Peek() == '"' ? _position : 0;
            string key = Key();
            return JsonNumber.TrySigned(Encoding.UTF8.GetBytes(key), out long value) && value >= least && value <= most
                ? value
                : throw Error("the key is no integer of the type", at);
        }

        private bool Within(JsonFormatException error, int nameAt, int nameLength, int index)
        {
            error.Within(Step());
            _nameAt = nameAt;
            _nameLength = nameLength;
            _index = index;
            return false;
        }

        private bool TryLiteral(string literal)
        {
            if (_data.Length - _position < literal.Length)
            {
                return false;
            }

            for (int index = 0; index < literal.Length; index++)
            {
                if (_data[_position + index] != literal[index])
                {
                    return false;
                }
            }

            _position += literal.Length;
            return true;
        }
    }
}
