package timeout

import "time"

// Session is a conversation with a speech recogniser.
type Session struct {
	recognise func(audio []byte) string
	silence   time.Duration
	quit      chan struct{}
}

// NewSession starts a conversation.
func NewSession(recognise func([]byte) string, silence time.Duration) *Session {
	return &Session{recognise: recognise, silence: silence, quit: make(chan struct{})}
}

// Hangup ends the conversation.
func (s *Session) Hangup() { close(s.quit) }

// Hear turns audio into text. The second result is false if the conversation
// ended, or nothing was understood in time.
func (s *Session) Hear(audio []byte) (string, bool) {
	text := make(chan string)
	go s.decode(audio, text)
	select {
	case t := <-text:
		return t, t != ""
	case <-s.quit:
		return "", false
	case <-time.After(s.silence):
		return "", false
	}
}

func (s *Session) decode(audio []byte, text chan<- string) {
	var words string
	if len(audio) > 0 {
		words = s.recognise(audio)
	}
	text <- words // want "send on text blocks for ever"
}

// SessionFixed is a conversation with a speech recogniser.
type SessionFixed struct {
	recognise func(audio []byte) string
	silence   time.Duration
	quit      chan struct{}
}

// NewSessionFixed starts a conversation.
func NewSessionFixed(recognise func([]byte) string, silence time.Duration) *SessionFixed {
	return &SessionFixed{recognise: recognise, silence: silence, quit: make(chan struct{})}
}

// Hangup ends the conversation.
func (s *SessionFixed) Hangup() { close(s.quit) }

// Hear turns audio into text. The second result is false if the conversation
// ended, or nothing was understood in time.
func (s *SessionFixed) Hear(audio []byte) (string, bool) {
	text := make(chan string, 1)
	go s.decode(audio, text)
	select {
	case t := <-text:
		return t, t != ""
	case <-s.quit:
		return "", false
	case <-time.After(s.silence):
		return "", false
	}
}

func (s *SessionFixed) decode(audio []byte, text chan<- string) {
	var words string
	if len(audio) > 0 {
		words = s.recognise(audio)
	}
	text <- words
}
