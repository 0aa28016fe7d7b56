namespace ChatService.Hub.Attachments;

public static class AttachmentExtensions
{
    public static WebApplicationBuilder AddAttachments(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<ChunkStore>();
        return builder;
    }
}
