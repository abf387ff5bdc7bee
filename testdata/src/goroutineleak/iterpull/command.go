package iterpull

import (
	"errors"
	"iter"
)

// Lexer looks at the words of a text one ahead.
type Lexer struct {
	next func() (string, bool)
	stop func()
	word string
	more bool
}

// NewLexer returns a lexer that stands at the first word.
func NewLexer(words iter.Seq[string]) *Lexer {
	l := new(Lexer)
	l.next, l.stop = iter.Pull(words) // want "iter.Pull"
	l.word, l.more = l.next()
	return l
}

// Close ends the lexer.
func (l *Lexer) Close() { l.stop() }

// Command returns the verb and the object of an order.
func Command(words iter.Seq[string]) (verb, object string, err error) {
	l := NewLexer(words)
	if !l.more {
		return "", "", errors.New("empty command")
	}
	verb = l.word
	if l.word, l.more = l.next(); !l.more {
		return verb, "", nil
	}
	return verb, l.word, nil
}

// LexerFixed looks at the words of a text one ahead.
type LexerFixed struct {
	next func() (string, bool)
	stop func()
	word string
	more bool
}

// NewLexerFixed returns a lexer that stands at the first word.
func NewLexerFixed(words iter.Seq[string]) *LexerFixed {
	l := new(LexerFixed)
	l.next, l.stop = iter.Pull(words)
	l.word, l.more = l.next()
	return l
}

// Close ends the lexer.
func (l *LexerFixed) Close() { l.stop() }

// CommandFixed returns the verb and the object of an order.
func CommandFixed(words iter.Seq[string]) (verb, object string, err error) {
	l := NewLexerFixed(words)
	defer l.Close()
	if !l.more {
		return "", "", errors.New("empty command")
	}
	verb = l.word
	if l.word, l.more = l.next(); !l.more {
		return verb, "", nil
	}
	return verb, l.word, nil
}
