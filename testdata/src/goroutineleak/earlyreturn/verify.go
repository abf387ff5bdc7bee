package earlyreturn

import (
	"crypto/sha256"
	"fmt"
	"sort"
)

// readParts sends the parts of a release one by one.
func readParts(dst chan<- []byte, open func(part string) ([]byte, error), parts []string) {
	defer close(dst)
	for _, p := range parts {
		data, err := open(p)
		if err != nil {
			return
		}
		dst <- data // want "send on dst blocks for ever"
	}
}

// Verify checks the parts of a release against their digests, in the order in
// which they are listed.
func Verify(open func(part string) ([]byte, error), digests map[string][sha256.Size]byte) error {
	parts := make([]string, 0, len(digests))
	for p := range digests {
		parts = append(parts, p)
	}
	sort.Strings(parts)

	contents := make(chan []byte)
	go readParts(contents, open, parts)
	for _, p := range parts {
		data, ok := <-contents
		if !ok {
			return fmt.Errorf("part %s is missing", p)
		}
		if sha256.Sum256(data) != digests[p] {
			return fmt.Errorf("part %s is damaged", p)
		}
	}
	return nil
}

// readPartsFixed sends the parts of a release one by one.
func readPartsFixed(dst chan<- []byte, open func(part string) ([]byte, error), parts []string) {
	defer close(dst)
	for _, p := range parts {
		data, err := open(p)
		if err != nil {
			return
		}
		dst <- data
	}
}

// VerifyFixed checks the parts of a release against their digests, in the order in
// which they are listed.
func VerifyFixed(open func(part string) ([]byte, error), digests map[string][sha256.Size]byte) error {
	parts := make([]string, 0, len(digests))
	for p := range digests {
		parts = append(parts, p)
	}
	sort.Strings(parts)

	contents := make(chan []byte, len(parts))
	go readPartsFixed(contents, open, parts)
	for _, p := range parts {
		data, ok := <-contents
		if !ok {
			return fmt.Errorf("part %s is missing", p)
		}
		if sha256.Sum256(data) != digests[p] {
			return fmt.Errorf("part %s is damaged", p)
		}
	}
	return nil
}
