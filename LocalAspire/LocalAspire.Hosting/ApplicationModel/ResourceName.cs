namespace Aspire.Hosting.ApplicationModel;

internal static class ResourceName
{
    private const int MaxLength = 64;

    public static void Validate(string name, IResourceCollection existing)
    {
        if (name.Length is 0 or > MaxLength)
        {
            throw Invalid(name, $"It must be 1 to {MaxLength} characters long.");
        }

        if (!char.IsAsciiLetter(name[0]))
        {
            throw Invalid(name, "It must start with an ASCII letter.");
        }

        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            throw Invalid(name, "It may contain only ASCII letters, digits and hyphens.");
        }

        if (name.Contains("--", StringComparison.Ordinal) || name.EndsWith('-'))
        {
            throw Invalid(name, "It may not contain two hyphens in a row, nor end with one.");
        }

        if (existing.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            throw new DistributedApplicationException(
                $"Cannot add resource '{name}': a resource named '{other.Name}' exists already, and names do not differ by case.");
        }
    }

    private static ArgumentException Invalid(string name, string rule) =>
        new($"Resource name '{name}' is invalid. {rule}", nameof(name));
}
