package order

import "hash/fnv"

// Digest hashes the chunks while they are produced.
func Digest(produce func() ([]byte, bool)) (sum uint64) {
	chunks := make(chan []byte, 2)
	done := make(chan uint64)
	go func() {
		h := fnv.New64a()
		for c := range chunks { // want "range over chunks never ends"
			h.Write(c)
		}
		done <- h.Sum64()
	}()
	defer close(chunks)
	for c, ok := produce(); ok; c, ok = produce() {
		chunks <- c
	}
	return <-done
}

// DigestFixed hashes the chunks while they are produced.
func DigestFixed(produce func() ([]byte, bool)) (sum uint64) {
	chunks := make(chan []byte, 2)
	done := make(chan uint64)
	go func() {
		h := fnv.New64a()
		for c := range chunks {
			h.Write(c)
		}
		done <- h.Sum64()
	}()
	for c, ok := produce(); ok; c, ok = produce() {
		chunks <- c
	}
	close(chunks)
	return <-done
}
