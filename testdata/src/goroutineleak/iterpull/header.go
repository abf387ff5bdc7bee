package iterpull

import (
	"errors"
	"fmt"
	"iter"
)

// Header returns the first two lines of a text, which must not be empty.
func Header(lines iter.Seq2[int, string]) (title, author string, err error) {
	next, stop := iter.Pull2(lines) // want "iter.Pull2"
	_, title, ok := next()
	if !ok || title == "" {
		return "", "", errors.New("no title")
	}
	_, author, ok = next()
	if !ok || author == "" {
		return "", "", fmt.Errorf("%s: no author", title)
	}
	stop()
	return title, author, nil
}

// HeaderFixed returns the first two lines of a text, which must not be empty.
func HeaderFixed(lines iter.Seq2[int, string]) (title, author string, err error) {
	next, stop := iter.Pull2(lines)
	defer stop()
	_, title, ok := next()
	if !ok || title == "" {
		return "", "", errors.New("no title")
	}
	_, author, ok = next()
	if !ok || author == "" {
		return "", "", fmt.Errorf("%s: no author", title)
	}
	return title, author, nil
}
