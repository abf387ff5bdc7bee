package doublesend

import (
	"fmt"
	"strconv"
	"strings"
)

// Import parses the lines and passes them to the sink, whose answer it awaits
// for each of them.
func Import(lines []string, sink func(key string, value int) error) (int, error) {
	answers := make(chan error)
	stored := 0
	for n, line := range lines {
		go func() {
			key, text, ok := strings.Cut(line, "=")
			if !ok {
				answers <- fmt.Errorf("line %d: no value", n+1)
			}
			value, err := strconv.Atoi(text)
			if err != nil {
				value = 0
			}
			answers <- sink(key, value) // want "send on answers blocks for ever"
		}()
		if err := <-answers; err != nil {
			return stored, err
		}
		stored++
	}
	return stored, nil
}

// ImportFixed parses the lines and passes them to the sink, whose answer it awaits
// for each of them.
func ImportFixed(lines []string, sink func(key string, value int) error) (int, error) {
	answers := make(chan error)
	stored := 0
	for n, line := range lines {
		go func() {
			key, text, ok := strings.Cut(line, "=")
			if !ok {
				answers <- fmt.Errorf("line %d: no value", n+1)
				return
			}
			value, err := strconv.Atoi(text)
			if err != nil {
				value = 0
			}
			answers <- sink(key, value)
		}()
		if err := <-answers; err != nil {
			return stored, err
		}
		stored++
	}
	return stored, nil
}
