// What needs consent: vendors of the catalogue, own services, and the purposes that a visitor is asked for.

import { useState } from "preact/hooks";
import { asNumber, Choice, ListField, Said, SelectField, TextField, WordsField } from "../field.jsx";
import { vendorsIn } from "../pasted.js";
import { offered, put, putAll, read } from "../state.js";
import { say } from "../words.js";

const categories = () => read(["categories"]) ?? [];
const services = () => read(["services"]) ?? [];

const builtIn = () => offered.value.categories.map(({ id }) => id);
const vendor = (id) => offered.value.vendors.find((vendor) => vendor.id === id);

export function ServicesStep() {
  return (
    <>
      <PastedPage />
      <Catalogue />
      <h3>{say("services.chosen")}</h3>
      {services().length === 0 && <p>{say("services.none")}</p>}
      {services().map((service, index) => (
        <Service key={index} service={service} index={index} />
      ))}
      <p>
        <button type="button" data-action="own-service" onClick={addOwn}>
          {say("services.addOwn")}
        </button>
      </p>
      <Categories />
      <details>
        <summary>{say("more")}</summary>
        <ConsentMode />
        <ListField
          path={["excludeCountries"]}
          legend={say("services.excluded")}
          about={say("services.excludedAbout")}
          items={countriesOfVendors()}
        />
      </details>
    </>
  );
}

// A category stands where visitors are asked for it: the built-in ones first, in their order.
function withCategory(all, id) {
  if (all.some((category) => category.id === id)) return all;
  const order = builtIn();
  const isBefore = (category) => order.includes(category.id) && order.indexOf(category.id) < order.indexOf(id);
  const place = order.includes(id) ? all.filter(isBefore).length : all.length;
  return [...all.slice(0, place), { id }, ...all.slice(place)];
}

// Adds services, each with its category.
function add(...added) {
  const asked = added.reduce((all, service) => withCategory(all, service.category ?? vendor(service.use).category), categories());
  putAll([
    [["categories"], asked],
    [["services"], [...services(), ...added]],
  ]);
}

function addOwn() {
  const ids = services().map(({ id }) => id);
  const number = [...ids.keys(), ids.length].find((place) => !ids.includes(`service-${place + 1}`)) + 1;
  add({ id: `service-${number}`, category: "analytics", purpose: {}, storage: [] });
}

// The catalogue with a search.
function Catalogue() {
  const [searched, search] = useState("");
  const wanted = searched.trim().toLocaleLowerCase();
  const fits = ({ id, name, recipient }) => [id, name, recipient].some((words) => words.toLocaleLowerCase().includes(wanted));
  const found = offered.value.vendors.filter(fits);
  return (
    <section aria-labelledby="catalogue-title">
      <h3 id="catalogue-title">{say("services.catalogue")}</h3>
      <div class="field">
        <label for="search">{say("services.search")}</label>
        <input id="search" type="search" value={searched} onInput={({ currentTarget }) => search(currentTarget.value)} autocomplete="off" />
        <p class="about" role="status">
          {say("services.found", { number: found.length })}
        </p>
      </div>
      <ul class="catalogue">
        {found.map((vendor) => (
          <li key={vendor.id}>
            <div>
              <strong>{vendor.name}</strong>
              <small>
                {vendor.recipient}, {vendor.countries.join(", ")}
              </small>
            </div>
            <button type="button" data-vendor={vendor.id} aria-label={say("services.addNamed", { name: vendor.name })} onClick={() => add({ use: vendor.id })}>
              {say("services.add")}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

// The HTML of the owner's page, and who is in it.
function PastedPage() {
  const [html, paste] = useState("");
  const [vendors, find] = useState(undefined);
  const isThere = ({ use }) => services().some((service) => service.use === use);
  return (
    <details class="pasted">
      <summary>{say("services.paste")}</summary>
      <div class="field">
        <label for="pasted">{say("services.pasted")}</label>
        <textarea id="pasted" rows="6" spellcheck={false} value={html} onInput={({ currentTarget }) => paste(currentTarget.value)} aria-describedby="pasted-about" />
        <p class="about" id="pasted-about">
          {say("services.pastedAbout")}
        </p>
      </div>
      <button type="button" data-action="find" onClick={() => find(vendorsIn(html))}>
        {say("services.find")}
      </button>
      <div role="status">
        {vendors?.length === 0 && <p>{say("services.nothingFound")}</p>}
        {vendors?.length > 0 && (
          <ul class="catalogue">
            {vendors.map((found) => (
              <li key={found.use}>
                <div>
                  <strong>{vendor(found.use).name}</strong>
                  <small>{found.isCertain ? Object.values(found.parameters).join(", ") : say("services.perhaps")}</small>
                </div>
                <button type="button" data-found={found.use} disabled={isThere(found)} onClick={() => add(asService(found))}>
                  {isThere(found) ? say("services.added") : say("services.add")}
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}

function asService({ use, parameters }) {
  const isNumber = (name) => vendor(use).parameters.find((parameter) => parameter.name === name)?.isNumber;
  const given = Object.entries(parameters).map(([name, value]) => [name, isNumber(name) ? asNumber(value) : value]);
  return { use, ...Object.fromEntries(given) };
}

function Service({ service, index }) {
  const path = ["services", index];
  const ofCatalogue = service.use && vendor(service.use);
  const name = ofCatalogue?.name ?? service.id ?? service.use;
  return (
    <section class="service" aria-label={name}>
      <header>
        <h4>{name}</h4>
        <button type="button" class="quiet" aria-label={say("services.removeNamed", { name })} onClick={() => put(path, undefined)}>
          {say("remove")}
        </button>
      </header>
      <Said path={path} />
      {ofCatalogue ? <VendorFields vendor={ofCatalogue} path={path} /> : <OwnFields path={path} />}
    </section>
  );
}

function VendorFields({ vendor, path }) {
  return (
    <>
      <p class="about">
        {vendor.purpose} {say("services.to", { recipient: vendor.recipient, countries: vendor.countries.join(", ") })}
      </p>
      <Said path={[...path, "use"]} />
      {!vendor.isStarted && <p class="about">{say("services.gated", { category: nameOfCategory(vendor.category), code: vendor.category })}</p>}
      {vendor.parameters.map(({ name, description, example, isNumber }) => (
        <TextField
          key={name}
          path={[...path, name]}
          label={name}
          about={description}
          example={String(example ?? "")}
          as={isNumber ? asNumber : undefined}
          asked
        />
      ))}
      <details>
        <summary>{say("more")}</summary>
        <CategoryOfService path={path} />
        <TextField path={[...path, "id"]} label={say("services.id")} about={say("services.idAbout")} />
        <WordsField path={[...path, "purpose"]} label={say("services.purpose")} about={say("services.purposeAbout")} said={() => vendor.purpose} />
      </details>
    </>
  );
}

function OwnFields({ path }) {
  return (
    <>
      <TextField path={[...path, "id"]} label={say("services.id")} about={say("services.idAbout")} />
      <TextField path={[...path, "name"]} label={say("services.name")} about={say("services.nameAbout")} />
      <CategoryOfService path={path} />
      <TextField path={[...path, "src"]} label={say("services.src")} about={say("services.srcAbout")} example="/counter.js" />
      <TextField path={[...path, "recipient"]} label={say("services.recipient")} about={say("services.recipientAbout")} example="ТОО «Пример»" />
      <SelectField path={[...path, "country"]} label={say("services.country")} items={offered.value.countries} withInside />
      <WordsField path={[...path, "purpose"]} label={say("services.purpose")} about={say("services.ownPurposeAbout")} />
      <ListField path={[...path, "data"]} legend={say("services.data")} items={offered.value.data} />
      <Stored path={[...path, "storage"]} />
      <TextField path={[...path, "policy"]} label={say("services.policy")} about={say("optional")} type="url" />
    </>
  );
}

function CategoryOfService({ path }) {
  const own = categories().filter(({ id }) => id && !builtIn().includes(id));
  const items = [...offered.value.categories.map(({ id, name }) => ({ code: id, name })), ...own.map(({ id }) => ({ code: id, name: id }))];
  const choose = (id) => {
    const asked = id ? withCategory(categories(), id) : categories();
    putAll([
      [["categories"], asked],
      [[...path, "category"], id],
    ]);
  };
  return (
    <SelectField path={[...path, "category"]} label={say("services.category")} none={say("services.asCatalogue")} items={items} change={choose} />
  );
}

const PLACES = ["cookie", "localStorage", "sessionStorage"].map((code) => ({ code, name: code }));

// What a service stores in the browser, each name with its lifetime.
function Stored({ path }) {
  const stored = read(path) ?? [];
  const addName = () => put(path, [...stored, { name: "", in: "cookie", lifetime: "30d" }]);
  return (
    <fieldset class="list">
      <legend>{say("services.stored")}</legend>
      <p class="about">{say("services.storedAbout")}</p>
      {stored.map((_, index) => (
        <div class="row" key={index}>
          <TextField path={[...path, index, "name"]} label={say("services.storedName")} example="_id*" />
          <SelectField path={[...path, index, "in"]} label={say("services.storedIn")} items={PLACES} />
          <TextField path={[...path, index, "lifetime"]} label={say("services.storedLifetime")} about={say("services.lifetimeAbout")} example="30d" />
          <SelectField path={[...path, index, "purpose"]} label={say("services.storedPurpose")} items={offered.value.storagePurposes} withInside />
          <button type="button" class="quiet" onClick={() => put([...path, index], undefined)}>
            {say("remove")}
          </button>
        </div>
      ))}
      <Said path={path} />
      <button type="button" onClick={addName}>
        {say("services.addStored")}
      </button>
    </fieldset>
  );
}

const nameOfCategory = (id) => offered.value.categories.find((category) => category.id === id)?.name ?? id;

// The purposes that a visitor is asked for.
function Categories() {
  const isUsed = (id) => services().some((service) => (service.category ?? vendor(service.use)?.category) === id);
  const toggle = (id, isOn) => put(["categories"], isOn ? withCategory(categories(), id) : without(id));
  const without = (id) => {
    const left = categories().filter((category) => category.id !== id);
    return left.length ? left : undefined;
  };
  return (
    <fieldset class="list">
      <legend>{say("services.categories")}</legend>
      <p class="about">{say("services.categoriesAbout")}</p>
      <div class="boxes wide">
        {offered.value.categories.map(({ id, name, purpose }) => (
          <Choice key={id} label={name} about={purpose} path={["categories", id]}>
            {(control) => (
              <input
                {...control}
                type="checkbox"
                checked={categories().some((category) => category.id === id)}
                aria-disabled={isUsed(id) || undefined}
                onChange={(event) => (isUsed(id) ? (event.currentTarget.checked = true) : toggle(id, event.currentTarget.checked))}
              />
            )}
          </Choice>
        ))}
      </div>
      {categories().map(
        ({ id }, index) =>
          !builtIn().includes(id) && (
            <section class="service" key={index} aria-label={id}>
              <header>
                <h4>{id}</h4>
                <button type="button" class="quiet" aria-label={say("services.removeNamed", { name: id })} onClick={() => put(["categories"], without(id))}>
                  {say("remove")}
                </button>
              </header>
              <TextField path={["categories", index, "id"]} label={say("services.id")} about={say("services.idAbout")} />
              <WordsField path={["categories", index, "name"]} label={say("services.name")} />
              <WordsField path={["categories", index, "purpose"]} label={say("services.purpose")} />
            </section>
          ),
      )}
      <Said path={["categories"]} />
      <button type="button" onClick={() => put(["categories"], [...categories(), { id: "own", name: {}, purpose: {} }])}>
        {say("services.addCategory")}
      </button>
    </fieldset>
  );
}

// Which category grants which of Google's consent types. Where nothing is said, the built-in ones grant their own.
function ConsentMode() {
  const path = ["googleConsentMode"];
  const own = read(path);
  const begin = () => {
    const granted = (id) => offered.value.consentTypes.filter((type) => type.category === id).map((type) => type.id);
    const each = categories().map(({ id }) => [id, granted(id)]).filter(([, types]) => types.length);
    put(path, Object.fromEntries(each));
  };
  const items = offered.value.consentTypes.map(({ id }) => ({ code: id, name: id }));
  return (
    <fieldset class="list">
      <legend>{say("services.consentMode")}</legend>
      <Choice label={say("services.consentModeOwn")} about={say("services.consentModeAbout")} path={path}>
        {(control) => (
          <input {...control} type="checkbox" checked={own !== undefined} onChange={({ currentTarget }) => (currentTarget.checked ? begin() : put(path, undefined))} />
        )}
      </Choice>
      {own && categories().map(({ id }) => <ListField key={id} path={[...path, id]} legend={nameOfCategory(id)} items={items} />)}
      <Said path={path} />
    </fieldset>
  );
}

// The countries that something could go to.
function countriesOfVendors() {
  const names = new Set(offered.value.vendors.flatMap(({ countries }) => countries));
  return offered.value.countries.filter(({ name }) => names.has(name));
}

