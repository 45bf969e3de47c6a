// The messages and extensions that can be met by name at run time. Nothing is registered by itself: what a registry
// does not hold can be trimmed away.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc
{
    /// <summary>The messages that an <c>Any</c> can hold, and extensions. The classes called <c>…Contract</c> have one each.</summary>
    public sealed class TypeRegistry
    {
        private readonly Dictionary<string, Func<Message>> _messages =
            new Dictionary<string, Func<Message>>(StringComparer.Ordinal);

        private readonly SortedDictionary<string, Extension> _extensions =
            new SortedDictionary<string, Extension>(StringComparer.Ordinal);

        private readonly Dictionary<(string Message, int Number), Extension> _numbers =
            new Dictionary<(string Message, int Number), Extension>();

        /// <summary>A registry of all that other registries hold.</summary>
        /// <param name="parts">The other registries.</param>
        /// <returns>The new registry.</returns>
        public static TypeRegistry Of(params TypeRegistry[] parts)
        {
            var all = new TypeRegistry();
            foreach (TypeRegistry part in parts)
            {
                all.Add(part);
            }

            return all;
        }

        internal TypeRegistry Add(TypeRegistry other)
        {
            foreach (KeyValuePair<string, Func<Message>> message in other._messages)
            {
                _messages[message.Key] = message.Value;
            }

            foreach (Extension extension in other._extensions.Values)
            {
                Add(extension);
            }

            return this;
        }

        internal TypeRegistry Add(string name, Func<Message> create)
        {
            _messages[name] = create;
            return this;
        }

        internal TypeRegistry Add(Extension extension)
        {
            _extensions[extension.FullName] = extension;
            _numbers[(extension.Extendee, extension.Number)] = extension;
            return this;
        }

        /// <summary>A new message of this full name, or null if the registry has none.</summary>
        internal Message? Create(string name) => _messages.TryGetValue(name, out Func<Message>? create) ? create() : null;

        internal Extension? Extension(string name) =>
            _extensions.TryGetValue(name, out Extension? extension) ? extension : null;

        /// <summary>The extension of this number of a message, or null if the registry has none.</summary>
        internal Extension? Extension(string message, int number) =>
            _numbers.TryGetValue((message, number), out Extension? extension) ? extension : null;

        internal IEnumerable<Extension> Extensions() => _extensions.Values;
    }
}
