package crosspkg

import (
	"strconv"

	"example.com/corpus/goroutineleak/crosspkg/lines"
	"example.com/corpus/goroutineleak/crosspkg/probe"
)

// FirstLong returns the first line that is longer than the limit.
func FirstLong(list []string, limit int) string {
	for l := range lines.All(list) { // want "blocks for ever"
		if len(l) > limit {
			return l
		}
	}
	return ""
}

// FirstLongFixed returns the first line that is longer than the limit.
func FirstLongFixed(list []string, limit int) string {
	done := make(chan struct{})
	defer close(done)
	for l := range lines.Until(done, list) {
		if len(l) > limit {
			return l
		}
	}
	return ""
}

// Find looks for a host by its name.
func Find(hosts []string, known func(string) bool) string {
	names := probe.Names(hosts) // want "blocks for ever"
	for n := range names {
		if known(n) {
			return n
		}
	}
	return ""
}

// FindFixed looks for a host by its name.
func FindFixed(hosts []string, known func(string) bool) string {
	done := make(chan struct{})
	defer close(done)
	names := probe.NamesUntil(done, hosts)
	for n := range names {
		if known(n) {
			return n
		}
	}
	return ""
}

// Sum adds the numbers in the lines. The first that is none is an error.
func Sum(list []string) (sum int, err error) {
	type number struct {
		value int
		err   error
	}
	parse := func(l string) *number {
		n, err := strconv.Atoi(l)
		return &number{n, err}
	}
	numbers := make(chan string, len(list))
	lines.FeedAll(numbers, list)
	for n := range lines.Map(numbers, parse) { // want "blocks for ever"
		if n.err != nil {
			return 0, n.err
		}
		sum += n.value
	}
	return sum, nil
}

// SumFixed adds the numbers in the lines. The first that is none is an error.
func SumFixed(list []string) (sum int, err error) {
	type number struct {
		value int
		err   error
	}
	parse := func(l string) *number {
		n, err := strconv.Atoi(l)
		return &number{n, err}
	}
	numbers := make(chan string, len(list))
	lines.FeedAll(numbers, list)
	for n := range lines.Map(numbers, parse) {
		if n.err != nil {
			err = n.err
		}
		sum += n.value
	}
	return sum, err
}

// Prefix returns the lines before the first empty one.
func Prefix(list []string) (prefix []string) {
	c := make(chan string)
	go func() {
		defer close(c)
		lines.Walk(list, func(l string) bool {
			c <- l // want "send on c blocks for ever"
			return true
		})
	}()
	for l := range c {
		if l == "" {
			break
		}
		prefix = append(prefix, l)
	}
	return prefix
}

// PrefixFixed returns the lines before the first empty one.
func PrefixFixed(list []string) (prefix []string) {
	c := make(chan string)
	go func() {
		defer close(c)
		lines.Walk(list, func(l string) bool {
			c <- l
			return l != ""
		})
	}()
	for l := range c {
		if l == "" {
			break
		}
		prefix = append(prefix, l)
	}
	return prefix
}
