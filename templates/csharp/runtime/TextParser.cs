// Reads the text format: messages, fields and their names. What a text means is put together in the binary form, which the
// message is read from. Tokens are in TextScanner, values in TextParserValues.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc
{
    internal ref partial struct TextParser
    {
        private readonly ReadOnlySpan<byte> _data;
        private readonly TextReadOptions _options;
        private readonly List<(string Name, int Index)> _path;
        private TextBuffer _out;
        private int _position;
        private int _depth;

        internal TextParser(ReadOnlySpan<byte> data, TextReadOptions options)
        {
            _data = data;
            _position = 0;
            _options = options;
            _path = new List<(string Name, int Index)>();
            _out = new TextBuffer();
            _depth = options.RecursionLimit;
        }

        /// <summary>Reads the whole text; returns the binary form of the message.</summary>
        internal byte[] Read(TextNames fields)
        {
            CheckUtf8();
            Fields(fields, 0);
            return _out.ToArray();
        }

        /// <summary>Reads fields up to the end of the message: a bracket, or 0 for the end of the text.</summary>
        private void Fields(TextNames fields, byte end)
        {
            var seen = new Seen();
            for (byte next = Peek(); next != end || (next == 0 && _position < _data.Length); next = Peek())
            {
                if (next == 0 && _position == _data.Length)
                {
                    throw Error("the text ends in a message");
                }

                Field(fields, ref seen);
                if (!TryTake(','))
                {
                    TryTake(';');
                }
            }
        }

        private void Field(TextNames fields, ref Seen seen)
        {
            int at = _position;
            if (TryTake('['))
            {
                Bracketed(fields, ref seen, at);
                return;
            }

            string name = Identifier("expected the name of a field");
            TextField? field = fields.Find(name);
            if (field != null)
            {
                Values(field, ref seen, at);
                return;
            }

            if (!_options.IgnoreUnknown && !fields.IsReserved(name))
            {
                throw Error("the message has no field `" + name + "`", at);
            }

            SkipValues();
        }

        /// <summary>Reads a field whose name is in brackets: an extension, or what an Any holds.</summary>
        private void Bracketed(TextNames fields, ref Seen seen, int at)
        {
            string name = QualifiedName();
            if (TryTake('/'))
            {
                string type = QualifiedName();
                Expect(']');
                Expand(fields, ref seen, name + "/" + type, at);
                return;
            }

            Expect(']');
            TextField? extension = Extension(fields, name);
            if (extension != null)
            {
                Values(extension, ref seen, at, fields.IsMessageSet);
                return;
            }

            if (!_options.IgnoreUnknown)
            {
                throw Error("no extension of the message is known as `" + name + "`", at);
            }

            SkipValues();
        }

        /// <summary>
        /// The extension of a message that is called so. Other writers call an item of a message set like its message.
        /// </summary>
        private TextField? Extension(TextNames fields, string name)
        {
            Extension? extension = _options.Types?.Extension(name);
            if (extension != null)
            {
                return extension.Extendee == fields.Message ? extension.TextField : null;
            }

            if (!fields.IsMessageSet || _options.Types == null)
            {
                return null;
            }

            foreach (Extension item in _options.Types.Extensions())
            {
                TextCodec? type = item.Extendee == fields.Message ? item.TextField?.Type : null;
                bool isInside = item.FullName.StartsWith(name + ".", StringComparison.Ordinal);
                if (isInside && type != null && type.IsMessage && type.Fields.Message == name)
                {
                    return item.TextField;
                }
            }

            return null;
        }

        private void Expand(TextNames fields, ref Seen seen, string url, int at)
        {
            if (!fields.IsAny)
            {
                throw Error("only an Any holds a message of a type", at);
            }

            if (!seen.IsEmpty)
            {
                throw Error("an Any that holds a message has no other fields", at);
            }

            seen.Close();
            Message? message = _options.Types?.Create(url.Substring(url.IndexOf('/') + 1));
            if (message == null)
            {
                throw Error("no registry was given that knows `" + url + "`", at);
            }

            _path.Add(("[" + url + "]", -1));
            TryTake(':');
            TextBuffer outer = _out;
            _out = new TextBuffer();
            Message(message.ContractFields());
            message.MergeFrom(
                _out.Data, new DecodeOptions { AllowPartial = true, RecursionLimit = int.MaxValue, Types = _options.Types });
            string? missing = _options.AllowPartial ? null : message.FindMissing();
            if (missing != null)
            {
                _path.Add((missing, -1));
                throw Error("the required field is not set");
            }

            _out = outer;
            _out.Bytes(10, System.Text.Encoding.UTF8.GetBytes(url));
            _out.Bytes(18, message.ToByteArray(true));
            _path.RemoveAt(_path.Count - 1);
        }

        /// <summary>Reads what follows the name of a field.</summary>
        private void Values(TextField field, ref Seen seen, int at, bool isItem = false)
        {
            int count = seen.Add(field);
            _path.Add((field.Name, -1));
            if (count > 0 && !field.IsList)
            {
                throw Error("the field is there twice", at);
            }

            if (count < 0)
            {
                throw Error(
                    field.Oneof == null
                        ? "an Any that holds a message has no other fields"
                        : "another member of the oneof `" + field.Oneof + "` is there already",
                    at);
            }

            bool hasColon = TryTake(':');
            if (!hasColon && !field.Type.IsMessage && field.Entry == null)
            {
                throw Error("expected `:`");
            }

            if (field.IsList && TryTake('['))
            {
                for (bool more = !TryTake(']'); more; more = NextElement())
                {
                    Element(field, count++, isItem);
                }

                seen.Set(field, count);
            }
            else
            {
                Element(field, field.IsList ? count : -1, isItem);
            }

            _path.RemoveAt(_path.Count - 1);
        }

        private void Element(TextField field, int index, bool isItem)
        {
            _path[_path.Count - 1] = (field.Name, field.Entry == null ? index : -1);
            if (isItem)
            {
                _out.Varint((1 << 3) | 3);
                _out.Varint(2 << 3);
                _out.Varint((uint)field.Number);
                _out.Varint((3 << 3) | 2);
                Framed(field.Type.Fields);
                _out.Varint((1 << 3) | 4);
            }
            else if (field.Entry != null)
            {
                _out.Varint(((uint)field.Number << 3) | 2);
                int mark = _out.Begin();
                Fields(field.Entry, OpenMessage());
                Take();
                _out.End(mark);
            }
            else
            {
                _out.Varint(((uint)field.Number << 3) | field.Type.WireType);
                Value(field);
            }
        }

        private void Value(TextField field)
        {
            switch (field.Type.Kind)
            {
                case TextKind.Message:
                    Framed(field.Type.Fields);
                    break;
                case TextKind.Group:
                    Message(field.Type.Fields);
                    _out.Varint(((uint)field.Number << 3) | 4);
                    break;
                default:
                    Scalar(field.Type);
                    break;
            }
        }

        /// <summary>Reads a message and puts its length in front of it.</summary>
        private void Framed(TextNames fields)
        {
            int mark = _out.Begin();
            Message(fields);
            _out.End(mark);
        }

        private void Message(TextNames fields)
        {
            byte end = OpenMessage();
            Descend();
            Fields(fields, end);
            Take();
            _depth++;
        }

        /// <summary>The bracket that ends the message that begins here.</summary>
        private byte OpenMessage() =>
            TryTake('{') ? (byte)'}' : TryTake('<') ? (byte)'>' : throw Error("expected a message in braces");

        private void Descend()
        {
            if (--_depth < 0)
            {
                throw Error("messages are nested too deeply");
            }
        }

        private bool NextElement()
        {
            if (TryTake(','))
            {
                return true;
            }

            Expect(']');
            return false;
        }

        /// <summary>Passes over what follows the name of a field of which nothing is known.</summary>
        private void SkipValues()
        {
            bool hasColon = TryTake(':');
            if (TryTake('['))
            {
                for (bool more = !TryTake(']'); more; more = NextElement())
                {
                    SkipValue(hasColon);
                }
            }
            else
            {
                SkipValue(hasColon);
            }
        }

        private void SkipValue(bool hasColon)
        {
            byte next = Peek();
            if (next != '{' && next != '<')
            {
                if (!hasColon)
                {
                    throw Error("expected `:`");
                }

                SkipScalar();
                return;
            }

            byte end = OpenMessage();
            Descend();
            while (Peek() != end)
            {
                if (TryTake('['))
                {
                    QualifiedName();
                    if (TryTake('/'))
                    {
                        QualifiedName();
                    }

                    Expect(']');
                }
                else
                {
                    Identifier("expected the name of a field");
                }

                SkipValues();
                if (!TryTake(','))
                {
                    TryTake(';');
                }
            }

            Take();
            _depth++;
        }

        /// <summary>Which fields of a message were there, and how often.</summary>
        private struct Seen
        {
            private Dictionary<object, int>? _counts;
            private bool _closed;

            internal bool IsEmpty => _counts == null && !_closed;

            /// <summary>Says that there must be no field any more.</summary>
            internal void Close() => _closed = true;

            /// <summary>How often the field was there before; negative if it cannot be there at all.</summary>
            internal int Add(TextField field)
            {
                _counts ??= new Dictionary<object, int>();
                _counts.TryGetValue(field, out int count);
                _counts[field] = count + 1;
                if (_closed || (count == 0 && field.Oneof != null && !_counts.TryAdd(field.Oneof, 1)))
                {
                    return -1;
                }

                return count;
            }

            internal void Set(TextField field, int count)
            {
                if (_counts != null)
                {
                    _counts[field] = count;
                }
            }
        }
    }
}
