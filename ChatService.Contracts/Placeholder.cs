namespace ChatService.Contracts;
internal static class Placeholder;
