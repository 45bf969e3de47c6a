// Reads the text format: white space, names and numbers as they stand. Knows no message.

#nullable enable

using System;
using System.Text;

namespace Xlc
{
    internal ref partial struct TextParser
    {
        /// <summary>Whether a name in brackets can say so of an Any: a domain, a slash and a full name.</summary>
        internal static bool IsTypeUrl(string url)
        {
            int slash = url.IndexOf('/');
            return slash > 0 && IsQualified(url.AsSpan(0, slash)) && IsQualified(url.AsSpan(slash + 1));
        }

        internal TextFormatException Error(string reason) => Error(reason, _position);

        /// <summary>An error at a byte of the text, and where that is.</summary>
        internal TextFormatException Error(string reason, int at)
        {
            ReadOnlySpan<byte> before = _data.Slice(0, at);
            int line = 1;
            for (int end = before.IndexOf((byte)'\n'); end >= 0; end = before.IndexOf((byte)'\n'))
            {
                line++;
                before = before.Slice(end + 1);
            }

            int column = 1;
            foreach (byte part in before)
            {
                // What begins with these two bits continues a character.
                column += (part & 0xC0) == 0x80 ? 0 : 1;
            }

            var error = new TextFormatException(reason, line, column);
            for (int index = _path.Count - 1; index >= 0; index--)
            {
                (string name, int element) = _path[index];
                error.Within(element < 0 ? name : name + "[" + element + "]");
            }

            return error;
        }

        private void CheckUtf8()
        {
            int size;
            for (int at = 0; at < _data.Length; at += size)
            {
                size = _data[at] < 0x80 ? 1 : Utf8.SequenceLength(_data.Slice(at));
                if (size == 0)
                {
                    throw Error("the text is not valid UTF-8", at);
                }
            }
        }

        /// <summary>The next byte that is neither white space nor in a comment, or 0 at the end.</summary>
        private byte Peek()
        {
            while (_position < _data.Length)
            {
                byte next = _data[_position];
                if (next == '#')
                {
                    int end = _data.Slice(_position).IndexOf((byte)'\n');
                    _position = end < 0 ? _data.Length : _position + end;
                }
                else if (next > ' ' || (next != ' ' && (next < '\t' || next > '\r')))
                {
                    return next;
                }
                else
                {
                    _position++;
                }
            }

            return 0;
        }

        private void Take() => _position++;

        private bool TryTake(char token)
        {
            if (Peek() != token)
            {
                return false;
            }

            _position++;
            return true;
        }

        private void Expect(char token)
        {
            if (!TryTake(token))
            {
                throw Error("expected `" + token + "`");
            }
        }

        private string Identifier(string expected)
        {
            if (!IsLetter(Peek()))
            {
                throw Error(expected);
            }

            int start = _position;
            while (_position < _data.Length && (IsLetter(_data[_position]) || IsDigit(_data[_position])))
            {
                _position++;
            }

            return Encoding.UTF8.GetString(_data.Slice(start, _position - start));
        }

        /// <summary>Identifiers with dots between them.</summary>
        private string QualifiedName()
        {
            var name = new StringBuilder(Identifier("expected a full name"));
            while (TryTake('.'))
            {
                name.Append('.').Append(Identifier("expected a full name"));
            }

            return name.ToString();
        }

        /// <summary>A number without its sign, as it stands there: as much as can be in one. Its grammar is not checked.</summary>
        private ReadOnlySpan<byte> NumberToken()
        {
            int start = _position;
            bool isHex = _position + 1 < _data.Length && _data[_position] == '0' && (_data[_position + 1] | 0x20) == 'x';
            while (_position < _data.Length)
            {
                byte next = _data[_position];
                bool isExponentSign = (next == '+' || next == '-')
                    && !isHex && _position > start && (_data[_position - 1] | 0x20) == 'e';
                if (!IsLetter(next) && !IsDigit(next) && next != '.' && !isExponentSign)
                {
                    break;
                }

                _position++;
            }

            return _data.Slice(start, _position - start);
        }

        private static bool IsQualified(ReadOnlySpan<char> name)
        {
            bool isFirst = true;
            foreach (char c in name)
            {
                if (c > 'z' || !(c == '.' ? !isFirst : IsLetter((byte)c) || (IsDigit((byte)c) && !isFirst)))
                {
                    return false;
                }

                isFirst = c == '.';
            }

            return !isFirst;
        }

        private static bool IsLetter(byte c) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';

        private static bool IsDigit(byte c) => c >= '0' && c <= '9';
    }
}
