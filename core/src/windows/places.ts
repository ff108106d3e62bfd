/**
 * Languages, keyboards and time zones to choose from. Windows knows more of each; a request may name any.
 * Languages: Microsoft's "Available languages for Windows"; keyboards: "Default input locales for Windows language packs";
 * time zones: "Default time zones", in Windows' own words.
 */

export type Choice = { value: string; label: string }

/** Of the installer: one speaks the languages that are on it, mostly a single one. A keyboard of each goes by the same value. */
export const languages: Choice[] = [
  ['ar-SA', 'Arabic (Saudi Arabia)'],
  ['bg-BG', 'Bulgarian'],
  ['cs-CZ', 'Czech'],
  ['da-DK', 'Danish'],
  ['de-DE', 'German'],
  ['el-GR', 'Greek'],
  ['en-GB', 'English (United Kingdom)'],
  ['en-US', 'English (United States)'],
  ['es-ES', 'Spanish (Spain)'],
  ['es-MX', 'Spanish (Mexico)'],
  ['et-EE', 'Estonian'],
  ['fi-FI', 'Finnish'],
  ['fr-CA', 'French (Canada)'],
  ['fr-FR', 'French (France)'],
  ['he-IL', 'Hebrew'],
  ['hr-HR', 'Croatian'],
  ['hu-HU', 'Hungarian'],
  ['it-IT', 'Italian'],
  ['ja-JP', 'Japanese'],
  ['ko-KR', 'Korean'],
  ['lt-LT', 'Lithuanian'],
  ['lv-LV', 'Latvian'],
  ['nb-NO', 'Norwegian (Bokmål)'],
  ['nl-NL', 'Dutch'],
  ['pl-PL', 'Polish'],
  ['pt-BR', 'Portuguese (Brazil)'],
  ['pt-PT', 'Portuguese (Portugal)'],
  ['ro-RO', 'Romanian'],
  ['ru-RU', 'Russian'],
  ['sk-SK', 'Slovak'],
  ['sl-SI', 'Slovenian'],
  ['sr-Latn-RS', 'Serbian (Latin)'],
  ['sv-SE', 'Swedish'],
  ['th-TH', 'Thai'],
  ['tr-TR', 'Turkish'],
  ['uk-UA', 'Ukrainian'],
  ['zh-CN', 'Chinese (Simplified)'],
  ['zh-TW', 'Chinese (Traditional)'],
].map(choice)

/** Beside those of the languages. */
const otherKeyboards: Choice[] = [
  ['0409:00020409', 'United States, international'],
  ['0409:00010409', 'United States, Dvorak'],
  ['de-CH', 'Swiss German'],
  ['fr-CH', 'Swiss French'],
  ['fr-BE', 'Belgian French'],
  ['nl-BE', 'Belgian Dutch'],
  ['en-IE', 'Irish'],
].map(choice)

export const keyboards: Choice[] = [...languages, ...otherKeyboards]

/** From west to east, by their standard time. */
export const timeZones: Choice[] = [
  ['Hawaiian Standard Time', '−10:00 Hawaii'],
  ['Alaskan Standard Time', '−09:00 Alaska'],
  ['Pacific Standard Time', '−08:00 Los Angeles, Vancouver'],
  ['US Mountain Standard Time', '−07:00 Arizona'],
  ['Mountain Standard Time', '−07:00 Denver, Calgary'],
  ['Central America Standard Time', '−06:00 Central America'],
  ['Central Standard Time', '−06:00 Chicago, Winnipeg'],
  ['Central Standard Time (Mexico)', '−06:00 Mexico City'],
  ['SA Pacific Standard Time', '−05:00 Bogotá, Lima'],
  ['Eastern Standard Time', '−05:00 New York, Toronto'],
  ['Venezuela Standard Time', '−04:00 Caracas'],
  ['Atlantic Standard Time', '−04:00 Halifax'],
  ['Pacific SA Standard Time', '−04:00 Santiago'],
  ['Newfoundland Standard Time', '−03:30 Newfoundland'],
  ['E. South America Standard Time', '−03:00 São Paulo'],
  ['Argentina Standard Time', '−03:00 Buenos Aires'],
  ['Azores Standard Time', '−01:00 Azores'],
  ['UTC', '+00:00 UTC'],
  ['GMT Standard Time', '+00:00 London, Dublin, Lisbon'],
  ['Greenwich Standard Time', '+00:00 Reykjavik, Accra'],
  ['Morocco Standard Time', '+01:00 Casablanca'],
  ['W. Europe Standard Time', '+01:00 Berlin, Amsterdam, Rome, Vienna, Zürich'],
  ['Central Europe Standard Time', '+01:00 Budapest, Prague, Belgrade'],
  ['Romance Standard Time', '+01:00 Paris, Madrid, Brussels, Copenhagen'],
  ['Central European Standard Time', '+01:00 Warsaw, Zagreb, Sarajevo'],
  ['W. Central Africa Standard Time', '+01:00 Lagos'],
  ['GTB Standard Time', '+02:00 Athens, Bucharest'],
  ['FLE Standard Time', '+02:00 Kyiv, Helsinki, Riga, Sofia, Vilnius'],
  ['Egypt Standard Time', '+02:00 Cairo'],
  ['Israel Standard Time', '+02:00 Jerusalem'],
  ['South Africa Standard Time', '+02:00 Johannesburg'],
  ['Turkey Standard Time', '+03:00 Istanbul'],
  ['Russian Standard Time', '+03:00 Moscow'],
  ['Arab Standard Time', '+03:00 Riyadh, Kuwait'],
  ['E. Africa Standard Time', '+03:00 Nairobi'],
  ['Iran Standard Time', '+03:30 Tehran'],
  ['Arabian Standard Time', '+04:00 Dubai, Abu Dhabi'],
  ['Georgian Standard Time', '+04:00 Tbilisi'],
  ['Pakistan Standard Time', '+05:00 Karachi'],
  ['India Standard Time', '+05:30 India'],
  ['Bangladesh Standard Time', '+06:00 Dhaka'],
  ['SE Asia Standard Time', '+07:00 Bangkok, Hanoi, Jakarta'],
  ['China Standard Time', '+08:00 Beijing, Hong Kong'],
  ['Singapore Standard Time', '+08:00 Singapore, Kuala Lumpur'],
  ['Taipei Standard Time', '+08:00 Taipei'],
  ['W. Australia Standard Time', '+08:00 Perth'],
  ['Tokyo Standard Time', '+09:00 Tokyo'],
  ['Korea Standard Time', '+09:00 Seoul'],
  ['Cen. Australia Standard Time', '+09:30 Adelaide'],
  ['E. Australia Standard Time', '+10:00 Brisbane'],
  ['AUS Eastern Standard Time', '+10:00 Sydney, Melbourne'],
  ['New Zealand Standard Time', '+12:00 Auckland'],
].map(choice)

function choice([value = '', label = '']: string[]): Choice {
  return { value, label }
}
