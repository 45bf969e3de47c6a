// The names and numbers of one enum, as the contract and ProtoJSON have them.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc
{
    internal sealed class EnumTable
    {
        private readonly Dictionary<string, int> _numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        private readonly Dictionary<int, string> _names = new Dictionary<int, string>();
        private readonly bool _closed;

        internal EnumTable(bool closed) => _closed = closed;

        /// <summary>Adds a value by the name that is written.</summary>
        internal EnumTable Add(int number, string name)
        {
            _numbers.Add(name, number);
            _names.Add(number, name);
            return this;
        }

        /// <summary>Adds a further name of a number, which is only read.</summary>
        internal EnumTable Alias(int number, string name)
        {
            _numbers.Add(name, number);
            return this;
        }

        internal bool Has(int number) => _names.ContainsKey(number);

        /// <summary>Whether a field may hold the number.</summary>
        internal bool Allows(int number) => !_closed || Has(number);

        internal string? Name(int number) => _names.TryGetValue(number, out string? name) ? name : null;

        internal int? Number(string name) => _numbers.TryGetValue(name, out int number) ? number : (int?)null;
    }
}
