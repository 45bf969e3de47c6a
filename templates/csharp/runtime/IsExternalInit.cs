// What the compiler asks for when a property has an `init` accessor, for frameworks that lack it.

#if !NET5_0_OR_GREATER

namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit
    {
    }
}

#endif
