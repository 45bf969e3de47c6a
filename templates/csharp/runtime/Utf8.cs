// Text and its bytes: strict UTF-8, and the form in which strings that are not verified survive.

#nullable enable

using System;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Xlc
{
    internal static class Utf8
    {
        private static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);

        internal static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
        {
            // A decoder counts the characters before it makes the string: most text is short, and needs neither.
            if (bytes.Length <= 16)
            {
                text = ShortAscii(bytes);
                if (text != null)
                {
                    return true;
                }
            }

#if NETCOREAPP
            if (bytes.Length <= 128)
            {
                text = Short(bytes);
                return text != null;
            }
#endif

            try
            {
                text = Strict.GetString(bytes);
                return true;
            }
            catch (ArgumentException)
            {
                text = null;
                return false;
            }
        }

        private static string? ShortAscii(ReadOnlySpan<byte> bytes)
        {
            Span<char> text = stackalloc char[16];
            int all = 0;
            for (int index = 0; index < bytes.Length && index < text.Length; index++)
            {
                all |= bytes[index];
                text[index] = (char)bytes[index];
            }

            return all < 0x80 ? new string(text.Slice(0, bytes.Length)) : null;
        }

#if NETCOREAPP
        private static string? Short(ReadOnlySpan<byte> bytes)
        {
            Span<char> text = stackalloc char[128];
            var status = System.Text.Unicode.Utf8.ToUtf16(bytes, text, out _, out int length, false, true);
            return status == System.Buffers.OperationStatus.Done ? new string(text.Slice(0, length)) : null;
        }
#endif

        /// <summary>The number of bytes of a text, or -1 if it holds a lone surrogate.</summary>
        internal static int Count(string text)
        {
            try
            {
                return Strict.GetByteCount(text);
            }
            catch (ArgumentException)
            {
                return -1;
            }
        }

        internal static void Encode(string text, Span<byte> bytes) => Strict.GetBytes(text, bytes);

        /// <summary>
        /// The text of bytes that may be anything: what is UTF-8 is read as such, and every other byte becomes the
        /// lone surrogate U+DC00 + byte, from which <see cref="EncodeRaw"/> makes the byte again.
        /// </summary>
        internal static string DecodeRaw(ReadOnlySpan<byte> bytes)
        {
            var text = new StringBuilder(bytes.Length);
            while (bytes.Length != 0)
            {
                int size = SequenceLength(bytes);
                if (size == 0)
                {
                    text.Append((char)(0xDC00 + bytes[0]));
                    size = 1;
                }
                else
                {
                    text.Append(Strict.GetString(bytes.Slice(0, size)));
                }

                bytes = bytes.Slice(size);
            }

            return text.ToString();
        }

        /// <summary>The bytes of such a text, or null if it holds a lone surrogate that stands for no byte.</summary>
        internal static byte[]? EncodeRaw(string text)
        {
            var bytes = new byte[checked(text.Length * 3)];
            int length = 0;
            for (int index = 0; index < text.Length; index++)
            {
                char c = text[index];
                int size = char.IsHighSurrogate(c) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
                if (size == 1 && char.IsSurrogate(c))
                {
                    if (c < 0xDC80 || c > 0xDCFF)
                    {
                        return null;
                    }

                    bytes[length++] = (byte)(c - 0xDC00);
                }
                else
                {
                    length += Strict.GetBytes(text.AsSpan(index, size), bytes.AsSpan(length));
                }

                index += size - 1;
            }

            Array.Resize(ref bytes, length);
            return bytes;
        }

        /// <summary>The length of the character that the bytes begin with, or 0 if they begin with none.</summary>
        internal static int SequenceLength(ReadOnlySpan<byte> bytes)
        {
            int first = bytes[0];
            if (first < 0x80)
            {
                return 1;
            }

            int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
            if (first < 0xC2 || first > 0xF4 || bytes.Length < size)
            {
                return 0;
            }

            int second = bytes[1];
            int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
            int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
            if (second < lowest || second > highest)
            {
                return 0;
            }

            for (int index = 2; index < size; index++)
            {
                if ((bytes[index] & 0xC0) != 0x80)
                {
                    return 0;
                }
            }

            return size;
        }
    }
}
