package generator

import (
	"fmt"
	"strings"
)

type token struct {
	kind byte // 'n' for a number, 0 for an error, else the operator
	text string
}

// lexer turns a formula into tokens.
type lexer struct {
	input  string
	tokens chan token
}

func (l *lexer) emit(kind byte, text string) {
	l.tokens <- token{kind, text} // want "send on l.tokens blocks for ever"
}

func (l *lexer) run() {
	defer close(l.tokens)
	for _, f := range strings.Fields(l.input) {
		switch {
		case f[0] >= '0' && f[0] <= '9':
			l.emit('n', f)
		case len(f) == 1 && strings.Contains("+-*/", f):
			l.emit(f[0], f)
		default:
			l.emit(0, f)
		}
	}
}

// Parse checks that numbers and operators alternate, and returns the numbers.
func Parse(input string) ([]string, error) {
	l := &lexer{input: input, tokens: make(chan token)}
	go l.run()
	var numbers []string
	number := true
	for t := range l.tokens {
		switch {
		case t.kind == 0:
			return nil, fmt.Errorf("unexpected %q", t.text)
		case (t.kind == 'n') != number:
			return nil, fmt.Errorf("misplaced %q", t.text)
		case number:
			numbers = append(numbers, t.text)
		}
		number = !number
	}
	return numbers, nil
}

// lexerFixed turns a formula into tokens.
type lexerFixed struct {
	input  string
	tokens chan token
	quit   chan struct{}
}

func (l *lexerFixed) emit(kind byte, text string) {
	select {
	case l.tokens <- token{kind, text}:
	case <-l.quit:
	}
}

func (l *lexerFixed) run() {
	defer close(l.tokens)
	for _, f := range strings.Fields(l.input) {
		switch {
		case f[0] >= '0' && f[0] <= '9':
			l.emit('n', f)
		case len(f) == 1 && strings.Contains("+-*/", f):
			l.emit(f[0], f)
		default:
			l.emit(0, f)
		}
	}
}

// ParseFixed checks that numbers and operators alternate, and returns the numbers.
func ParseFixed(input string) ([]string, error) {
	l := &lexerFixed{input: input, tokens: make(chan token), quit: make(chan struct{})}
	defer close(l.quit)
	go l.run()
	var numbers []string
	number := true
	for t := range l.tokens {
		switch {
		case t.kind == 0:
			return nil, fmt.Errorf("unexpected %q", t.text)
		case (t.kind == 'n') != number:
			return nil, fmt.Errorf("misplaced %q", t.text)
		case number:
			numbers = append(numbers, t.text)
		}
		number = !number
	}
	return numbers, nil
}
