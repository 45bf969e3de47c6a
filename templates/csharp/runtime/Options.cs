// How messages are read and written: the options that a caller can set.

#nullable enable

namespace Xlc
{
    /// <summary>How the binary format is read.</summary>
    public sealed class DecodeOptions
    {
        internal static readonly DecodeOptions Default = new DecodeOptions();

        /// <summary>How deep messages and groups may be nested; 100 by default.</summary>
        public int RecursionLimit { get; set; } = 100;

        /// <summary>Whether a message may lack required fields.</summary>
        public bool AllowPartial { get; set; }

        /// <summary>
        /// The extensions that are read along with the message. One that is not among them stays encoded until it is
        /// asked for, and only then is it found out whether its bytes are valid.
        /// </summary>
        public TypeRegistry? Types { get; set; }
    }

    /// <summary>How ProtoJSON is read.</summary>
    public sealed class JsonReadOptions
    {
        internal static readonly JsonReadOptions Default = new JsonReadOptions();

        /// <summary>Whether unknown names, and unknown names of enum values, are passed over instead of refused.</summary>
        public bool IgnoreUnknown { get; set; }

        /// <summary>How deep messages may be nested; 100 by default.</summary>
        public int RecursionLimit { get; set; } = 100;

        /// <summary>Whether a message may lack required fields.</summary>
        public bool AllowPartial { get; set; }

        /// <summary>The messages that an <c>Any</c> can hold, and the extensions.</summary>
        public TypeRegistry? Types { get; set; }
    }

    /// <summary>How ProtoJSON is written.</summary>
    public sealed class JsonWriteOptions
    {
        internal static readonly JsonWriteOptions Default = new JsonWriteOptions();

        /// <summary>The messages that an <c>Any</c> can hold, and the extensions.</summary>
        public TypeRegistry? Types { get; set; }

        /// <summary>Whether fields without presence are written when they hold their default.</summary>
        public bool WriteDefaults { get; set; }

        /// <summary>Whether fields are named as in the contract instead of in lowerCamelCase.</summary>
        public bool ContractNames { get; set; }

        /// <summary>Whether enum values are written as numbers instead of names.</summary>
        public bool EnumNumbers { get; set; }

        /// <summary>Whether the text has line ends and an indentation of two spaces.</summary>
        public bool Indented { get; set; }
    }
}
