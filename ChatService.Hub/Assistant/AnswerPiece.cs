namespace ChatService.Hub.Assistant;

/// <param name="Json">An AIChunk, or the AIResponseReceipt with which an answer ends.</param>
public readonly record struct AnswerPiece(string Json, bool IsLast);
