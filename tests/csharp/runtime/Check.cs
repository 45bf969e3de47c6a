// What a test says: there is no test framework without packages, and this needs none.

#nullable enable

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

internal static class Check
{
    internal static int Failures { get; private set; }

    internal static void Equal<T>(T expected, T actual, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            Fail($"expected {expected}, got {actual}", file, line);
        }
    }

    internal static void True(bool condition, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!condition)
        {
            Fail("expected true", file, line);
        }
    }

    internal static T Throws<T>(Action action, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T error)
        {
            return error;
        }

        Fail("expected a " + typeof(T).Name, file, line);
        throw new InvalidOperationException("nothing was thrown");
    }

    internal static byte[] Bytes(string hex)
    {
        hex = hex.Replace(" ", "", StringComparison.Ordinal);
        var bytes = new byte[hex.Length / 2];
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = Convert.ToByte(hex.Substring(index * 2, 2), 16);
        }

        return bytes;
    }

    internal static string Hex(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", " ", StringComparison.Ordinal);

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static void Fail(string reason, string file, int line)
    {
        Failures++;
        Console.WriteLine($"{System.IO.Path.GetFileName(file)}:{line}: {reason}");
    }
}
