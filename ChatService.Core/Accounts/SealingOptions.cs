using System.ComponentModel.DataAnnotations;

namespace ChatService.Core.Accounts;

/// <summary>What seals the server's own keys in the database: the section <c>ServerKeys</c>, the same for every hub and worker.</summary>
public sealed class SealingOptions : IValidatableObject
{
    public const string Section = "ServerKeys";

    /// <summary>32 random bytes in base64 (<c>openssl rand -base64 32</c>), kept outside the database.</summary>
    [Required(ErrorMessage = $"{Section}:{nameof(SealingKey)} is missing: 32 random bytes in base64, the same for every hub and worker.")]
    public string SealingKey { get; set; } = "";

    /// <summary>The one before, while what it sealed is being sealed anew.</summary>
    public string? PreviousSealingKey { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, value) in new[] { (nameof(SealingKey), SealingKey), (nameof(PreviousSealingKey), PreviousSealingKey) })
        {
            if (!string.IsNullOrEmpty(value) && !Accounts.SealingKey.TryParse(value, out _))
            {
                yield return new ValidationResult($"{Section}:{name} must be {Accounts.SealingKey.Size} bytes in base64.", [name]);
            }
        }
    }
}
