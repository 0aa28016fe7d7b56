using ChatService.Contracts;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.RateLimiting;

internal sealed class RateLimitOptionsValidation : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        var failures = options.SelectMany(entry => Failures(entry.Key, entry.Value)).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(string name, RateLimitOverride limit)
    {
        if (!RateLimits.All.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"RateLimits:{name} is not a limit. Known are {string.Join(", ", RateLimits.All.Select(known => known.Name))}.";
        }

        if (limit.Burst is < 1)
        {
            yield return $"RateLimits:{name}:Burst must be at least 1.";
        }

        if (limit.PerSecond is { } rate && !(rate > 0 && double.IsFinite(rate)))
        {
            yield return $"RateLimits:{name}:PerSecond must be greater than 0.";
        }
    }
}
