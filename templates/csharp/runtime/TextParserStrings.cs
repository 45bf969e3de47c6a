// Reads the text format: literals of text and of bytes, and their escapes.

#nullable enable

using System;

namespace Xlc
{
    internal ref partial struct TextParser
    {
        /// <summary>Reads literals that stand behind one another, as one value.</summary>
        private void String(bool isText)
        {
            int at = _position;
            int mark = _out.Begin();
            int start = _out.Length;
            Literals();
            if (isText && !IsText(_out.Data.Slice(start)))
            {
                throw Error("the string is not valid UTF-8", at);
            }

            _out.End(mark);
        }

        private void Literals()
        {
            byte quote = Peek();
            if (quote != '"' && quote != '\'')
            {
                throw Error("expected a string");
            }

            for (; quote == '"' || quote == '\''; quote = Peek())
            {
                Literal(quote);
            }
        }

        private void Literal(byte quote)
        {
            int start = _position++;
            int plain = _position;
            while (_position < _data.Length)
            {
                byte next = _data[_position];
                if (next == quote)
                {
                    _out.Raw(_data.Slice(plain, _position - plain));
                    _position++;
                    return;
                }

                if (next == '\n' || next == 0)
                {
                    break;
                }

                if (next != '\\')
                {
                    _position++;
                    continue;
                }

                _out.Raw(_data.Slice(plain, _position - plain));
                Escape();
                plain = _position;
            }

            throw Error("the string does not end on its line", start);
        }

        /// <summary>Reads an escape: a byte, or a character.</summary>
        private void Escape()
        {
            int at = _position++;
            byte kind = _position < _data.Length ? _data[_position++] : (byte)0;
            int known = "abfnrtv?\\'\"".IndexOf((char)kind);
            if (known >= 0)
            {
                _out.Raw((byte)"\a\b\f\n\r\t\v?\\'\""[known]);
            }
            else if (kind >= '0' && kind <= '7')
            {
                _position--;
                int value = Escaped(3, 8, at);
                _out.Raw(value <= 0xFF ? (byte)value : throw Error("the escape is no byte", at));
            }
            else if (kind == 'x' || kind == 'X')
            {
                _out.Raw((byte)Escaped(2, 16, at));
            }
            else if (kind == 'u' || kind == 'U')
            {
                Character(at);
            }
            else
            {
                throw Error("the escape is not valid", at);
            }
        }

        /// <summary>The value of at least one and at most so many digits.</summary>
        private int Escaped(int most, int radix, int at)
        {
            int value = 0;
            int count = 0;
            for (; count < most && _position < _data.Length; count++)
            {
                int digit = Digit(_data[_position]);
                if (digit < 0 || digit >= radix)
                {
                    break;
                }

                value = value * radix + digit;
                _position++;
            }

            return count > 0 ? value : throw Error("the escape is not valid", at);
        }

        /// <summary>Reads a character whose <c>\u</c> or <c>\U</c> was read. Half of a pair is none.</summary>
        private void Character(int at)
        {
            int value = Unit(at);
            if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
            {
                throw Error("the escape is no character", at);
            }

            Span<byte> bytes = stackalloc byte[4];
            int length = System.Text.Encoding.UTF8.GetBytes(char.ConvertFromUtf32(value), bytes);
            foreach (byte part in bytes.Slice(0, length))
            {
                _out.Raw(part);
            }
        }

        /// <summary>The number behind a <c>u</c>, of four digits, or behind a <c>U</c>, of eight.</summary>
        private int Unit(int at)
        {
            int digits = _data[_position - 1] == 'u' ? 4 : 8;
            int start = _position;
            long value = 0;
            while (_position < _data.Length && _position < start + digits && Digit(_data[_position]) >= 0)
            {
                value = value * 16 + Digit(_data[_position++]);
            }

            return _position == start + digits && value <= int.MaxValue
                ? (int)value
                : throw Error("the escape is not valid", at);
        }

        private static bool IsText(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                int size = Utf8.SequenceLength(bytes);
                if (size == 0)
                {
                    return false;
                }

                bytes = bytes.Slice(size);
            }

            return true;
        }
    }
}
