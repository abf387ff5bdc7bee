// Package hangs is about tests that would hang if what they call failed: who
// runs them knows that it does not.
package hangs

import (
	"bufio"
	"encoding/binary"
	"io"
	"strings"
)

// Serve calls handle with what it reads.
func Serve(r io.Reader, handle func(uint16)) error {
	br := bufio.NewReader(r)
	for {
		var n uint16
		if err := binary.Read(br, binary.BigEndian, &n); err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
		go handle(n)
	}
}

// Fill makes a list in the background, piece by piece, and reads it up.
func Fill(list []byte) []byte {
	pieces := make(chan []byte)
	go func() {
		buf := make([]byte, 128)
		for len(buf) > 0 {
			pieces <- buf[:8]
			buf = buf[8:]
		}
	}()
	for range 128 / 8 {
		list = append(list, <-pieces...)
	}
	return list
}

// Find finds a word, or tells that it is missing; of an empty word it says nothing.
func Find(word string, missing chan<- string) string {
	switch {
	case word == "":
		return ""
	case len(word) > 8:
		missing <- word
		return ""
	}
	return strings.ToUpper(strings.TrimSpace(word))
}
