package nonnil

import "example.com/corpus/silent/nonnil/failure"

// Words sends words. An error says that there are none; who makes it is another package.
type Words struct {
	max   int
	maker *failure.Maker
}

// NewWords returns one for so many words.
func NewWords(n int) *Words { return &Words{n, &failure.Maker{Kind: "words"}} }

var errFew = failure.New("too few words")

// send sends all the words, or gives an error and no channel.
func (w *Words) send(words []string, check func(string) error) (<-chan string, error) {
	switch {
	case len(words) == 0:
		return nil, failure.New("no words")
	case len(words) == 1:
		return nil, errFew
	case len(words) > w.max:
		return nil, failure.Newf("%d words", len(words))
	}
	for _, s := range words {
		if err := check(s); err != nil {
			return nil, failure.Wrap(err, "word")
		}
	}
	if err := check(words[0] + words[1]); err != nil {
		return nil, w.maker.Wrap("together", err)
	}
	c := make(chan string, 1)
	c <- words[0]
	return c, nil
}

// First returns the first word.
func (w *Words) First(words []string, check func(string) error) (string, error) {
	c, err := w.send(words, check)
	if err != nil {
		return "", err
	}
	return <-c, nil
}
