using System.Globalization;
using System.Numerics;
using Microsoft.Extensions.Configuration;

namespace ChatService.Benchmarks;

/// <summary>Numbers above zero from a command line.</summary>
internal static class CommandLineNumbers
{
    /// <exception cref="ArgumentException">With what is wrong.</exception>
    public static T Number<T>(this IConfiguration settings, string name, T otherwise)
        where T : INumber<T> =>
        settings[name] is not { } text ? otherwise
        : T.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > T.Zero ? number
        : throw new ArgumentException($"--{name} is a number above 0.");
}
