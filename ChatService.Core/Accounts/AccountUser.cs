using Microsoft.AspNetCore.Identity;

namespace ChatService.Core.Accounts;

/// <summary>An account with the built-in authority; its user name is the handle. A bot has an owner and no password.</summary>
public sealed class AccountUser : IdentityUser<Guid>
{
    public Guid? OwnerId { get; set; }

    public DateTime CreatedAt { get; set; }
}
