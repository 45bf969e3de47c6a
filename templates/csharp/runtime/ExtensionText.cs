// Extensions in the text format, where each stands under its full name in brackets.

#nullable enable

namespace Xlc
{
    /// <content>In the text format.</content>
    public abstract partial class Extension
    {
        /// <summary>The extension as a field; null if it was made without a type for the text format.</summary>
        internal TextField? TextField { get; private set; }

        private protected void Describe(TextCodec type, bool isList) =>
            TextField = new TextField(Number, "[" + FullName + "]", type, isList, null, null);
    }

    /// <content>In the text format.</content>
    public abstract partial class Extension<TMessage, TValue>
    {
        /// <summary>The same key, whose value has a text.</summary>
        internal Extension<TMessage, TValue> InText(TextCodec type, bool isList = false)
        {
            Describe(type, isList);
            return this;
        }
    }
}
