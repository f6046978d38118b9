// Package i18n puts message keys in the user's words. Texts lie in locales/LANGUAGE/AREA.yaml, flat "key: text", with
// Go template placeholders: `plan.done: "{{.teams}} teams"`. Simplified Chinese comes first; English is complete, which
// a test holds.
package i18n

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"jieli/internal/domain"
)

//go:embed locales
var locales embed.FS

// Languages are the languages that Jieli speaks, the default first.
var Languages = []language.Tag{language.SimplifiedChinese, language.English}

// folders are the locale folders of Languages, in that order.
var folders = []string{"zh-CN", "en"}

// Catalog holds the messages of all languages. It is safe for use by several goroutines.
type Catalog struct{ bundle *i18n.Bundle }

// Load reads the embedded messages.
func Load() (*Catalog, error) {
	bundle := i18n.NewBundle(Languages[0])
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	for i, folder := range folders {
		if err := loadFolder(bundle, Languages[i], folder); err != nil {
			return nil, err
		}
	}
	return &Catalog{bundle}, nil
}

func loadFolder(bundle *i18n.Bundle, tag language.Tag, folder string) error {
	files, err := fs.Glob(locales, path.Join("locales", folder, "*.yaml"))
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := locales.ReadFile(file)
		if err != nil {
			return err
		}
		// The library takes the language from the file's name: area.LANGUAGE.yaml.
		name := strings.TrimSuffix(path.Base(file), ".yaml") + "." + tag.String() + ".yaml"
		if _, err := bundle.ParseMessageFileBytes(text, name); err != nil {
			return fmt.Errorf("messages %s: %w", file, err)
		}
	}
	return nil
}

// Printer speaks one language.
type Printer struct {
	localizer *i18n.Localizer
	Language  language.Tag
}

// Printer picks the best language for the wishes, such as Accept-Language headers or the LANG of a shell, best first.
func (c *Catalog) Printer(wishes ...string) *Printer {
	var tags []language.Tag
	for _, wish := range wishes {
		parsed, _, err := language.ParseAcceptLanguage(shellLanguage(wish))
		if err == nil {
			tags = append(tags, parsed...)
		}
	}
	_, index, _ := language.NewMatcher(Languages).Match(tags...)
	tag := Languages[index]
	return &Printer{i18n.NewLocalizer(c.bundle, tag.String()), tag}
}

// shellLanguage turns zh_CN.UTF-8 into zh-CN; what is no shell language stays as it is.
func shellLanguage(s string) string {
	name, _, _ := strings.Cut(s, ".")
	if strings.ContainsAny(s, ",;") {
		name = s
	}
	switch name {
	case "C", "POSIX":
		return ""
	}
	return strings.ReplaceAll(name, "_", "-")
}

// Text is the message of the key with its placeholders filled; the key itself where there is none.
func (p *Printer) Text(key string, params map[string]any) string {
	text, err := p.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: params})
	if err != nil && text == "" {
		return key
	}
	return text
}

// Error puts an error in words. An error that is not a domain.Error is told as it is: the command line may show it, a
// server must not.
func (p *Printer) Error(err error) string {
	var known *domain.Error
	if !errors.As(err, &known) {
		return err.Error()
	}
	text := p.Text(known.Key, known.Params)
	if known.Cause != nil {
		text += ": " + p.Error(known.Cause)
	}
	return text
}
