using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;

namespace ChatService.Benchmarks;

/// <summary>Numbers above zero from a command line.</summary>
internal static class CommandLineNumbers
{
    /// <exception cref="ArgumentException">With what is wrong.</exception>
    public static int Number(this IConfiguration settings, string name, int otherwise) =>
        settings.Number(name, otherwise, NumberStyles.None, "whole number");

    /// <exception cref="ArgumentException">With what is wrong.</exception>
    public static double Number(this IConfiguration settings, string name, double otherwise) =>
        settings.Number(name, otherwise, NumberStyles.AllowDecimalPoint, "number");

    private static T Number<T>(this IConfiguration settings, string name, T otherwise, NumberStyles styles, string kind)
        where T : INumber<T> =>
        settings[name] is not { } text ? otherwise
        : T.TryParse(text, styles, CultureInfo.InvariantCulture, out var number) && number > T.Zero ? number
        : throw new ArgumentException($"--{name} is a {kind} above 0.");
}
