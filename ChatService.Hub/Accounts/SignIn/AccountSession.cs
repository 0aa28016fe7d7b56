using ChatService.Core.Accounts;

namespace ChatService.Hub.Accounts;

/// <param name="IsNative">Made by a program that had the password, not by a browser that any page can send somewhere.</param>
internal sealed record AccountSession(AccountUser User, bool IsNative);
