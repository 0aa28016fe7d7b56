namespace ChatService.Hub.Accounts;

internal static class DevicePage
{
    /// <summary>Any case, with or without the dash.</summary>
    public static IResult AskForCode(bool wrong) => Page.Render(
        "Enter the code",
        Page.Alert(wrong ? "This code is not valid, or no longer. Compare it with your terminal." : null) + $"""
            <form method="get" action="{AuthorityPaths.VerifyCode}">
            <label>The code that your terminal shows <input name="code" autocomplete="off" autocapitalize="characters" maxlength="12" required autofocus></label>
            <button>Continue</button></form>
            """);
}
