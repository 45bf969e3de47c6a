// Parts of the binary form as they stand, which the text format is made of.

#nullable enable

using System;

namespace Xlc
{
    internal ref partial struct WireReader
    {
        /// <summary>The content of a length-delimited value.</summary>
        internal ReadOnlySpan<byte> Span() => Take(Length());

        /// <summary>The content of the group whose tag was read.</summary>
        internal ReadOnlySpan<byte> GroupSpan()
        {
            int start = _position;
            SkipValue(_tag);
            return _data.Slice(start, _tagAt - start);
        }
    }
}
